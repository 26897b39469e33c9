# What is found in calls of smbclient.

smbclient //files.example.com/in -U bob%Winter-Lake-22  # want hardcoded-credential:41
smbclient //files.example.com/in -U 'bob%Winter-Lake-22' -c 'put report.csv'  # want hardcoded-credential:42
smbclient //files.example.com/in --user=bob%Winter-Lake-22  # want hardcoded-credential:45
smbclient -U "bob%$SMB_PASSWORD" //files.example.com/in  # want credential-on-command-line:19
rpcclient -U bob%Winter-Lake-22 dc.example.com  # want hardcoded-credential:18
smbclient -W EXAMPLE -U bob%Winter-Lake-22 //files.example.com/in  # want hardcoded-credential:29
net rpc user -S dc.example.com -U bob%Winter-Lake-22  # want hardcoded-credential:39
sudo smbclient //files.example.com/in -U bob%Winter-Lake-22  # want hardcoded-credential:46

# What is not found.

smbclient //files.example.com/in -U bob  # ok
smbclient //files.example.com/in -A /run/secrets/smb  # ok
smbclient -N //files.example.com/pub  # ok
smbclient -L files.example.com  # ok
smbclient -k //files.example.com/in  # ok
smbclient -U "bob%<password>" //files.example.com/in  # ok
rpcclient -A /run/secrets/smb dc.example.com  # ok
net ads join -k  # ok
