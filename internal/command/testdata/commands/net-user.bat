# What is found in calls of net.

net user deploy Winter-Lake-22 /add  # want hardcoded-credential:17
NET USER deploy Winter-Lake-22 /ADD  # want hardcoded-credential:17
net user deploy "Winter-Lake-22"  # want hardcoded-credential:18
net.exe user deploy Winter-Lake-22  # want hardcoded-credential:21
net user Administrator Winter-Lake-22  # want hardcoded-credential:24
net user deploy Winter-Lake-22 /add /expires:never  # want hardcoded-credential:17
net user /add deploy Winter-Lake-22  # want hardcoded-credential:22
@net user deploy Winter-Lake-22 /add & net localgroup Administrators deploy /add  # want hardcoded-credential:18
net user deploy %DEPLOY_PASSWORD%  # want credential-on-command-line:17

# What is not found.

net user deploy * /add  # ok
net user deploy /delete  # ok
net user deploy /active:no  # ok
net user  # ok
net localgroup Administrators deploy /add  # ok
net user deploy <password> /add  # ok
net start Winter-Lake-22  # ok
net user deploy "%1"  # ok
