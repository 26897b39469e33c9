# What is found in calls of npm.

npm config set //registry.npmjs.org/:_authToken q7Rk2vXw9ZpL4mTn8bHc  # want hardcoded-credential:49
npm config set _authToken=q7Rk2vXw9ZpL4mTn8bHc  # want hardcoded-credential:27
npm config set //registry.example.com/:_password q7Rk2vXw9ZpL4mTn  # want hardcoded-credential:50
npm config set //registry.npmjs.org/:_authToken "$NPM_TOKEN"  # want credential-on-command-line:50
npm set //registry.npmjs.org/:_authToken=q7Rk2vXw9ZpL4mTn8bHc  # want hardcoded-credential:42
yarn config set npmAuthToken q7Rk2vXw9ZpL4mTn8bHc  # want hardcoded-credential:30
pnpm config set //registry.npmjs.org/:_authToken=q7Rk2vXw9ZpL4mTn8bHc  # want hardcoded-credential:50
npm publish --token q7Rk2vXw9ZpL4mTn8bHc  # want hardcoded-credential:21

# What is not found.

npm install  # ok
npm ci --ignore-scripts  # ok
npm config set registry https://registry.example.com/  # ok
npm run build  # ok
npm token list  # ok
npm token create  # ok
yarn config set npmAuthToken  # ok
npm config get //registry.npmjs.org/:_authToken  # ok
