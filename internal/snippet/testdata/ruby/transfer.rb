# FTP and SSH.
def ftp(password)
  client = Net::FTP.new('files.example.org') # want plaintext-ftp "files.example.org"
  client.login 'robot', password
  Net::FTP.open('safe.example.org', ssl: true, username: 'robot', password: password) # ok
  Net::FTP.open('mirror.example.org') do |mirror| # ok
    mirror.list
  end
end

def ssh(password)
  Net::SSH.start('files.example.org', 'robot', password: password, verify_host_key: :never) do |ssh| # want ssh-host-key-unchecked "verify_host_key"
    ssh.exec!('date')
  end
  Net::SFTP.start('files.example.org', 'robot', password: password, verify_host_key: :always) # ok
end
