# What is found in calls of Invoke-RestMethod and Invoke-WebRequest.

Invoke-RestMethod -Uri "http://api.example.com/users" -Headers @{ Authorization = "Bearer $env:API_TOKEN" }  # want credential-over-http:25
Invoke-WebRequest -Uri https://api.example.com/ -SkipCertificateCheck  # want tls-verify-off:49
irm https://api.example.com/ -SkipCertificateCheck  # want tls-verify-off:30
Invoke-RestMethod -Uri https://api.example.com/ -SslProtocol Tls  # want weak-tls-version:49
Invoke-RestMethod https://api.example.com/users -Headers @{ "X-Api-Key" = "q7Rk2vXw9ZpL4mTn8bHc" }  # want hardcoded-credential:76
$headers = @{ Authorization = "Basic YWRtaW46V2ludGVyLUxha2UtMjI=" }  # want hardcoded-credential:32
Invoke-RestMethod -Uri https://api.example.com/users -Headers $headers  # ok
Invoke-RestMethod -Method Post -Uri https://login.example.com/ -Body @{ username = "bob"; password = "Winter-Lake-22" }  # want hardcoded-credential:103
Invoke-WebRequest "https://api.example.com/users?api_key=$apiKey"  # want credential-in-url:20
iwr -Uri http://api.example.com/users `
  -Headers @{ "X-Api-Key" = $apiKey }
# want credential-over-http:-2:10
[System.Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }  # want tls-verify-off:73
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls  # want weak-tls-version:47
curl.exe -k https://api.example.com/  # want tls-verify-off:10
curl.exe -u bob:Winter-Lake-22 https://api.example.com/  # want hardcoded-credential:17
$password = 'Winter-Lake-22'  # want hardcoded-credential:14
$env:API_KEY = "q7Rk2vXw9ZpL4mTn8bHc"  # want hardcoded-credential:17
if ($force) { Invoke-WebRequest https://api.example.com/ -SkipCertificateCheck }  # want tls-verify-off:58

# What is not found.

Invoke-RestMethod -Uri https://api.example.com/users  # ok
Invoke-RestMethod -Uri https://api.example.com/users -Headers @{ Authorization = "Bearer $token" }  # ok
Invoke-WebRequest -Uri https://get.example.com/setup.exe -OutFile setup.exe  # ok
Invoke-RestMethod -Uri https://api.example.com/users -Credential (Get-Credential)  # ok
Invoke-RestMethod -Uri https://api.example.com/ -SslProtocol Tls12  # ok
Invoke-RestMethod -Uri "http://localhost:8080/users" -Headers @{ "X-Api-Key" = $apiKey }  # ok
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12  # ok
curl.exe https://api.example.com/  # ok
curl -Uri https://api.example.com/ -OutFile a.json  # ok
$password = Read-Host -AsSecureString  # ok
$password = $env:DB_PASSWORD  # ok
Write-Host "Invoke-WebRequest -SkipCertificateCheck"  # ok
Invoke-RestMethod -Headers @{ Authorization = "Bearer <token>" } -Uri https://api.example.com/  # ok
$added = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"
$added.Add("Authorization", "Basic YXBwOldpbnRlci1MYWtlLTIy")  # want hardcoded-credential:30
Invoke-RestMethod -Uri http://api.example.com/v1 -Headers $added  # want basic-auth-over-http:24
$clean = @{}
$clean.Add('Accept', 'application/json')
Invoke-RestMethod -Uri https://api.example.com/v1 -Headers $clean # ok
