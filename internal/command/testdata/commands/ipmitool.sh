# What is found in calls of ipmitool.

ipmitool -I lanplus -H bmc.example.com -U admin -P Winter-Lake-22 power status  # want hardcoded-credential:52
ipmitool -H bmc.example.com -U admin -P "$BMC_PASSWORD" power status  # want credential-on-command-line:42
ipmitool -U admin -PWinter-Lake-22 -H bmc.example.com sel list  # want hardcoded-credential:21
ipmitool -H bmc.example.com -P Winter-Lake-22 -U admin chassis status  # want hardcoded-credential:32
sudo ipmitool -H bmc.example.com -U admin -P Winter-Lake-22 power on  # want hardcoded-credential:46
ipmitool -I lan -H bmc.example.com -U admin -P 'Winter-Lake-22' power off  # want hardcoded-credential:49
ipmitool -C 3 -H bmc.example.com -U admin -P Winter-Lake-22 sdr  # want hardcoded-credential:46
ipmitool -H "$BMC" -U admin -P Winter-Lake-22 fru  # want hardcoded-credential:32

# What is not found.

ipmitool -I open sdr  # ok
ipmitool -H bmc.example.com -U admin -f /run/secrets/bmc power status  # ok
ipmitool -H bmc.example.com -U admin -E power status  # ok
ipmitool -H bmc.example.com -U admin -a power status  # ok
ipmitool sel list  # ok
ipmitool -p 623 -H bmc.example.com -U admin -E sdr  # ok
ipmitool -H bmc.example.com -U admin -P "<password>" sdr  # ok
ipmitool mc info  # ok
