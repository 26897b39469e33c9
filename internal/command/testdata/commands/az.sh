# What is found in calls of az.

az login -u bob@example.com -p Winter-Lake-22  # want hardcoded-credential:32
az login --service-principal --username app --password Winter-Lake-22 --tenant t  # want hardcoded-credential:56
az login -u app -p "$AZURE_PASSWORD" --tenant t  # want credential-on-command-line:21
az sql server create -n s --admin-user sa --admin-password Winter-Lake-22  # want hardcoded-credential:60
az vm create -n v --admin-username bob --admin-password Winter-Lake-22  # want hardcoded-credential:57
az postgres server create --administrator-login-password Winter-Lake-22  # want hardcoded-credential:58
az keyvault secret set --vault-name v --name db --value x --password=Winter-Lake-22  # want hardcoded-credential:70
az acr login -n r -u bob -p Winter-Lake-22  # want hardcoded-credential:29

# What is not found.

az login  # ok
az login --identity  # ok
az login -u bob@example.com  # ok
az vm create -n v --admin-username bob --generate-ssh-keys  # ok
az keyvault secret show --vault-name v --name db-password  # ok
az account show --query id -o tsv  # ok
az login --service-principal -u app -p "<password>"  # ok
az group create -l westeurope -n g  # ok
