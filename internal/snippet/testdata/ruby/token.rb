# Web tokens.
def sign(claims, key)
  JWT.encode claims, 'Winter-Lake-22', 'HS256' # want hardcoded-credential "Winter-Lake-22"
  JWT.encode claims, ENV.fetch('TOKEN_KEY'), 'HS256' # ok
  JWT.encode(claims, nil, 'none') # want jwt-unverified "'none'"
  JWT.encode claims, key, 'RS256' # ok
end

def read(text, key)
  JWT.decode text, nil, false # want jwt-unverified "false"
  JWT.decode text, key, true, algorithm: 'HS256' # ok
end

def peek(text)
  claims, = JWT.decode(text, nil, false) # want jwt-unverified "false"
  claims['role']
end
