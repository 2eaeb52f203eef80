"""Sessions, cookies, transport, content policy, lock-out (domain.md §11.5: level 3)."""

from __future__ import annotations

from datetime import timedelta

from csp.constants import NONE, SELF

from haddong_portal.settings.environment import MODE, PRODUCTION, env
from haddong_portal.settings.portal import PUBLIC_URL

HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "portal_session"
SESSION_COOKIE_AGE = 9 * 3600
SESSION_SAVE_EVERY_REQUEST = False
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "haddong_portal.common.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home:start"
CITIZEN_LOGIN_URL = "citizens:sign-in"
LOGOUT_REDIRECT_URL = "home:public"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)

AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES_MAX", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_LOCKOUT_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "haddong_portal.accounts.views.sign_in.locked_out"

# TOTP is demanded from everyone who can sign or administer; the demo leaves it off and says so on screen.
TOTP_REQUIRED = env.bool("TOTP_REQUIRED", default=PRODUCTION)
OTP_TOTP_ISSUER = "Cổng Một cửa Hà Đông"

SILENCED_SYSTEM_CHECKS = ["axes.W003"] if MODE == "test" else []
