# What is found in calls of 7z.

7z a -pWinter-Lake-22 out.7z in/  # want hardcoded-credential:8
7z x -pWinter-Lake-22 out.7z  # want hardcoded-credential:8
7z a "-pWinter-Lake-22" out.7z in/  # want hardcoded-credential:9
7za a -p"$ZIP_PASSWORD" out.7z in/  # want credential-on-command-line:10
7z a -mhe=on -pWinter-Lake-22 out.7z in/  # want hardcoded-credential:16
unrar x -pWinter-Lake-22 out.rar  # want hardcoded-credential:11
rar a -hpWinter-Lake-22 out.rar in/  # want hardcoded-credential:10
sudo 7z x -pWinter-Lake-22 out.7z  # want hardcoded-credential:13

# What is not found.

7z a out.7z in/  # ok
7z x out.7z  # ok
7z a -p out.7z in/  # ok
7z l out.7z  # ok
7z x -y -oout out.7z  # ok
unrar x out.rar  # ok
7z a -mx=9 out.7z in/  # ok
rar a out.rar in/  # ok
