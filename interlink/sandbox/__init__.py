"""Agencies for trying linked workflows: each a process of its own with its own storage, rules and moods. No Django.

They speak the protocol of docs/agency-protocol.yaml over HTTPS and take nobody without a certificate of their
authority. None of this decides anything in law. Why a store of their own: docs/adr/0010-agency-sandbox.md.
"""
