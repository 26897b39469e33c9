# Rules of firewalls in Terraform: only what lets in for a port of administration.
resource "aws_security_group" "admin" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # want safelist "0.0.0.0/0"
  }
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    ipv6_cidr_blocks = ["::/0"] # want safelist "::/0"
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group_rule" "smpp" {
  type        = "ingress"
  from_port   = 2700
  to_port     = 2800
  cidr_blocks = ["0.0.0.0/0"] # want safelist "0.0.0.0/0"
}
resource "aws_security_group_rule" "out" {
  type        = "egress"
  from_port   = 22
  to_port     = 22
  cidr_blocks = ["0.0.0.0/0"]
}
resource "aws_vpc_security_group_ingress_rule" "db" {
  from_port = 5432
  to_port   = 5432
  cidr_ipv4 = "0.0.0.0/0" # want safelist "0.0.0.0/0"
}
resource "azurerm_network_security_rule" "rdp" {
  direction              = "Inbound"
  access                 = "Allow"
  destination_port_range = "3389"
  source_address_prefix  = "*" # want safelist "*"
}
resource "azurerm_network_security_rule" "deny" {
  direction              = "Inbound"
  access                 = "Deny"
  destination_port_range = "*"
  source_address_prefix  = "*"
}
resource "google_compute_firewall" "ssh" {
  source_ranges = ["0.0.0.0/0"] # want safelist "0.0.0.0/0"
  allow {
    protocol = "tcp"
    ports    = ["20-25"]
  }
}
resource "google_compute_firewall" "web" {
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["80", "443"]
  }
}
resource "aws_route" "default" {
  destination_cidr_block = "0.0.0.0/0"
}
resource "aws_eks_cluster" "main" {
  vpc_config {
    public_access_cidrs = ["0.0.0.0/0"] # want safelist "0.0.0.0/0"
  }
}
