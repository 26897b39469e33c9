# What is found in calls of kubectl.

kubectl create secret generic db --from-literal=password=Winter-Lake-22  # want hardcoded-credential:58
kubectl create secret generic db --from-literal=password="$DB_PASSWORD"  # want credential-on-command-line:59
kubectl create secret docker-registry r --docker-username=bob --docker-password=Winter-Lake-22  # want hardcoded-credential:81
kubectl --insecure-skip-tls-verify get pods  # want tls-verify-off:9
kubectl get pods --insecure-skip-tls-verify=true  # want tls-verify-off:18
oc login https://api.example.com -u bob --password Winter-Lake-22  # want hardcoded-credential:52
kubectl config set-credentials bob --username=bob --password=Winter-Lake-22  # want hardcoded-credential:62
kubectl exec db -- mysql -uroot -pWinter-Lake-22 app  # want hardcoded-credential:35
oc login --token="$TOKEN" https://api.example.com  # want credential-on-command-line:19

# What is not found.

kubectl get pods  # ok
kubectl create secret generic db --from-file=password=/run/secrets/db  # ok
kubectl create secret generic db --from-literal=username=bob  # ok
kubectl create secret generic db --from-env-file=/run/secrets/env  # ok
kubectl exec -it app -- sh  # ok
kubectl logs -f app -c web  # ok
kubectl patch deploy app -p '{"spec":{}}'  # ok
kubectl get secret db -o jsonpath='{.data.password}'  # ok
