# What is found in calls of aws.

aws configure set aws_secret_access_key q7Rk2vXw9ZpL4mTn8bHcJd3sFg5hYu6iOp1aSdFg  # want hardcoded-credential:41
aws configure set aws_secret_access_key "$SECRET_KEY"  # want credential-on-command-line:42
aws --no-verify-ssl s3 ls  # want tls-verify-off:5
aws s3 cp a s3://b --no-verify-ssl  # want tls-verify-off:20
aws rds create-db-instance --master-username bob --master-user-password Winter-Lake-22  # want hardcoded-credential:73
aws cognito-idp admin-create-user --temporary-password Winter-Lake-22  # want hardcoded-credential:56
aws rds modify-db-instance --master-user-password "$DB_PASSWORD"  # want credential-on-command-line:52
aws rds modify-db-instance --master-user-password=Winter-Lake-22  # want hardcoded-credential:51

# What is not found.

aws s3 ls  # ok
aws configure set region eu-west-1  # ok
aws configure list  # ok
aws sts get-caller-identity --query Account  # ok
aws secretsmanager get-secret-value --secret-id db-password  # ok
aws rds create-db-instance --manage-master-user-password  # ok
aws ecr get-login-password --region eu-west-1  # ok
aws s3 cp a s3://b --profile main  # ok
