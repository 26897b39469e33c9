# What is found in calls of useradd.

useradd -p Winter-Lake-22 deploy  # want hardcoded-credential:12
useradd -m -p Winter-Lake-22 -s /bin/bash deploy  # want hardcoded-credential:15
useradd --password Winter-Lake-22 deploy  # want hardcoded-credential:20
usermod -p Winter-Lake-22 deploy  # want hardcoded-credential:12
usermod --password=Winter-Lake-22 deploy  # want hardcoded-credential:20
sudo usermod -p "Winter-Lake-22" deploy  # want hardcoded-credential:18
useradd -mp Winter-Lake-22 deploy  # want hardcoded-credential:13
useradd -m -p "$DEPLOY_PASSWORD" deploy  # want credential-on-command-line:16
groupadd -p Winter-Lake-22 team  # want hardcoded-credential:13

# What is not found.

useradd -m deploy  # ok
useradd -m -s /bin/bash -G sudo deploy  # ok
usermod -p "!" deploy  # ok
usermod -p "*" deploy  # ok
usermod -aG docker deploy  # ok
useradd -p "<password>" deploy  # ok
usermod -L deploy  # ok
useradd -c "Winter-Lake-22" deploy  # ok
useradd -d /home/deploy -u 1001 deploy  # ok
