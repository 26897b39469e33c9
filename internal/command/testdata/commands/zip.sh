# What is found in calls of zip.

zip -P Winter-Lake-22 out.zip in/  # want hardcoded-credential:8
zip -r -P Winter-Lake-22 out.zip in/  # want hardcoded-credential:11
unzip -P Winter-Lake-22 out.zip  # want hardcoded-credential:10
unzip -o -P Winter-Lake-22 out.zip -d out  # want hardcoded-credential:13
zip -P "$ZIP_PASSWORD" out.zip in/  # want credential-on-command-line:9
zip --password Winter-Lake-22 out.zip in/  # want hardcoded-credential:16
sudo unzip -P Winter-Lake-22 out.zip  # want hardcoded-credential:15
zipcloak -P Winter-Lake-22 out.zip  # want hardcoded-credential:13

# What is not found.

zip -r out.zip in/  # ok
zip -e out.zip in/  # ok
unzip out.zip  # ok
unzip -o out.zip -d out  # ok
unzip -p out.zip a.txt  # ok
zip -9 out.zip in/  # ok
zip -P "<password>" out.zip in/  # ok
unzip -l out.zip  # ok
