# What is found in calls of ConvertTo-SecureString.

ConvertTo-SecureString "Winter-Lake-22" -AsPlainText -Force  # want hardcoded-credential:25
$secure = ConvertTo-SecureString 'Winter-Lake-22' -AsPlainText -Force  # want hardcoded-credential:35
$secure = ConvertTo-SecureString -String "Winter-Lake-22" -AsPlainText -Force  # want hardcoded-credential:43
ConvertTo-SecureString -AsPlainText -Force "Winter-Lake-22"  # want hardcoded-credential:45
$c = New-Object PSCredential("bob", (ConvertTo-SecureString "Winter-Lake-22" -AsPlainText -Force))  # want hardcoded-credential:62
New-LocalUser bob -Password (ConvertTo-SecureString "Winter-Lake-22" -AsPlainText -Force)  # want hardcoded-credential:54
$secure = convertto-securestring -asplaintext -force -string 'Winter-Lake-22'  # want hardcoded-credential:63
$password = "Winter-Lake-22"; $secure = ConvertTo-SecureString $password -AsPlainText -Force  # want hardcoded-credential:14

# What is not found.

$secure = ConvertTo-SecureString $env:DB_PASSWORD -AsPlainText -Force  # ok
$secure = ConvertTo-SecureString (Get-Content secret.txt)  # ok
$secure = ConvertTo-SecureString $text -Key $key  # ok
$secure = Get-Content secret.txt | ConvertTo-SecureString  # ok
$secure = Read-Host -AsSecureString  # ok
$secure = ConvertTo-SecureString "<password>" -AsPlainText -Force  # ok
$text = ConvertFrom-SecureString $secure  # ok
$secure = ConvertTo-SecureString -String $env:PASSWORD -AsPlainText -Force  # ok
