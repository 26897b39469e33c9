# What is found in calls of pip.

pip install --trusted-host pypi.example.com app  # want tls-verify-off:13
pip install --index-url https://bob:Winter-Lake-22@pypi.example.com/simple app  # want hardcoded-credential:37
pip install -i https://bob:Winter-Lake-22@pypi.example.com/simple app  # want hardcoded-credential:28
pip3 install --trusted-host=pypi.example.com app  # want tls-verify-off:14
twine upload -u bob -p Winter-Lake-22 dist/a.whl  # want hardcoded-credential:24
twine upload --username bob --password Winter-Lake-22 dist/a.whl  # want hardcoded-credential:40
twine upload -u __token__ -p "$PYPI_TOKEN" dist/a.whl  # want credential-on-command-line:31
pip install --extra-index-url "http://bob:$PASSWORD@pypi.example.com/simple" app  # want basic-auth-over-http:32

# What is not found.

pip install app  # ok
pip install -r requirements.txt  # ok
pip install --index-url https://pypi.example.com/simple app  # ok
pip install --cert ca.pem app  # ok
twine upload dist/a.whl  # ok
twine upload -u __token__ dist/a.whl  # ok
pip install --upgrade pip  # ok
uv pip install app  # ok
