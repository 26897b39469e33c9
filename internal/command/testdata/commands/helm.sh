# What is found in calls of helm.

helm repo add --username bob --password Winter-Lake-22 app https://charts.example.com  # want hardcoded-credential:41
helm repo add app https://charts.example.com --username bob --password "$HELM_PASSWORD"  # want credential-on-command-line:73
helm registry login registry.example.com -u bob -p Winter-Lake-22  # want hardcoded-credential:52
helm upgrade --install app chart --set db.password=Winter-Lake-22  # want hardcoded-credential:52
helm install app chart --set-string db.password=Winter-Lake-22  # want hardcoded-credential:49
helm upgrade app chart --set "db.password=$DB_PASSWORD"  # want credential-on-command-line:43
helm repo add app https://charts.example.com --insecure-skip-tls-verify  # want tls-verify-off:46
helm template app chart --kube-insecure-skip-tls-verify  # want tls-verify-off:25

# What is not found.

helm repo add app https://charts.example.com  # ok
helm registry login registry.example.com -u bob --password-stdin  # ok
helm upgrade --install app chart -f values.yaml  # ok
helm install app chart --set image.tag=1.2.3  # ok
helm upgrade app chart --set-file db.password=/run/secrets/db  # ok
helm install app chart --set db.existingSecret=app-db  # ok
helm lint chart  # ok
helm template app chart --set "db.password=<password>"  # ok
