# Terraform: labels are keys, references are holes, defaults are fallbacks.
variable "db_password" {
  type      = string
  default   = "Winter-Lake-22" # want fallback(db_password) "Winter-Lake-22"
  sensitive = true
}
variable "api_token" {
  type    = string
  default = ""
}
variable "region" {
  default = "eu-north-1"
}
locals {
  admin_password = "Autumn-\"Lake\"-23" # want credential "Autumn-\"Lake\"-23"
  password_file  = "/run/secrets/db"
  token_ttl      = 3600
}
resource "aws_db_instance" "main" {
  username            = "billing"
  password            = var.db_password
  replica_password    = "Summer-Lake-24" # want credential "Summer-Lake-24"
  password_wo         = random_password.main.result
  reader_password     = coalesce(var.reader_password, "Spring-Lake-25") # want fallback(reader_password) "Spring-Lake-25"
  auditor_password    = var.x != "" ? var.auditor_password : "Orange-Lake-26" # want fallback(auditor_password) "Orange-Lake-26"
  dsn                 = "postgres://billing:Silver-Lake-27@db.example.com/x" # want credential "Silver-Lake-27"
  other_dsn           = "postgres://billing:${var.db_password}@db.example.com/x"
  settings            = jsonencode({ smtp = { user = "billing", password = "Purple-Lake-28" } }) # want credential "Purple-Lake-28"
  tags                = { "password-policy" = "strict", Name = "main" }
}
resource "aws_lb_listener" "old" {
  ssl_policy = "ELBSecurityPolicy-TLS-1-0-2015-04" # want tls(1.0) "ELBSecurityPolicy-TLS-1-0-2015-04"
}
resource "aws_lb_listener" "new" {
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06" # want tls(1.3) "ELBSecurityPolicy-TLS13-1-2-2021-06"
}
resource "azurerm_storage_account" "files" {
  min_tls_version = "TLS1_1" # want tls(1.1) "TLS1_1"
}
resource "aws_iam_account_password_policy" "all" {
  minimum_password_length = 6 # want min-length(6) "6"
}
data "http" "balance" {
  url      = "http://gateway.example.com/send" # want request(basic) "http://gateway.example.com/send"
  insecure = true
  request_headers = {
    Authorization = "Basic {{basic billing Golden-Lake-29}}" # want credential "Basic {{basic billing Golden-Lake-29}}"
  }
}
provider "vsphere" {
  allow_unverified_ssl = true # want unchecked "true"
}
