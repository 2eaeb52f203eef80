"""What travels between the portal and an agency: messages, receipts, replies, signatures, headers. No Django.

docs/agency-protocol.yaml is the same in OpenAPI; a test checks real messages against it.
"""
