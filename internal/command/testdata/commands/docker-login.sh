# What is found in calls of docker login.

docker login -u bob -p Winter-Lake-22 registry.example.com  # want hardcoded-credential:24
docker login -u bob --password Winter-Lake-22 registry.example.com  # want hardcoded-credential:32
docker login --username=bob --password=Winter-Lake-22 registry.example.com  # want hardcoded-credential:40
docker login -u "$REGISTRY_USER" -p "$REGISTRY_PASSWORD" registry.example.com  # want credential-on-command-line:38
podman login --tls-verify=false registry.example.com  # want tls-verify-off:14
podman login -u bob -p Winter-Lake-22 registry.example.com  # want hardcoded-credential:24
skopeo login -u bob -p Winter-Lake-22 registry.example.com  # want hardcoded-credential:24
oras login -u bob -p "$REGISTRY_PASSWORD" registry.example.com  # want credential-on-command-line:23
crane auth login registry.example.com -u bob -p Winter-Lake-22  # want hardcoded-credential:49

# What is not found.

docker login registry.example.com  # ok
docker login -u bob --password-stdin registry.example.com  # ok
echo "$REGISTRY_PASSWORD" | docker login -u bob --password-stdin registry.example.com  # ok
docker run -p 8080:80 registry.example.com/app  # ok
docker run -p 127.0.0.1:8080:80 -u 1000 registry.example.com/app  # ok
podman login --authfile /run/secrets/auth.json registry.example.com  # ok
docker login -u bob -p "<password>" registry.example.com  # ok
docker compose -p project up  # ok
docker pull registry.example.com/app  # ok
echo Winter-Lake-22 | docker login -u bob --password-stdin registry.example.com  # want hardcoded-credential:6
printf '%s' 'Winter-Lake-22' | podman login --username bob --password-stdin registry.example.com  # want hardcoded-credential:14
docker login -u bob --password-stdin registry.example.com <<< "Winter-Lake-22"  # want hardcoded-credential:64
cat /run/secrets/registry | docker login -u bob --password-stdin registry.example.com  # ok
