"""Forms of signing in: shape only, the checks are Django's, axes' and the OTP devices'."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Account and password. One answer for a wrong account and a wrong password."""

    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra chữ hoa, chữ thường và bộ gõ tiếng Việt.",
        "inactive": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra chữ hoa, chữ thường và bộ gõ tiếng Việt.",
    }
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "data-demo": "username"}
        ),
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "data-demo": "password"}, render_value=False
        ),
    )


class UnlockForm(forms.Form):
    """The password of whoever is signed in, to open the screen again."""

    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class CodeForm(forms.Form):
    """Six digits of the authenticator, or a backup code; spaces are forgiven."""

    code = forms.CharField(
        label="Mã xác thực",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "data-field-class": "field-code",
            }
        ),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())
