"""What this deployment is: its unit, addresses, notice gateway, limits. Data of the deployment, not of the law."""

from __future__ import annotations

from haddong_portal.settings.environment import HADDONG_HOME, MODE, PRODUCTION, env

PORTAL_MODE = MODE
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
PORTAL_DISTRICT_KEY = env.str("PORTAL_DISTRICT_KEY", default="quan-ha-dong")
PORTAL_UNIT_NAME = env.str("PORTAL_UNIT_NAME", default="Ủy ban nhân dân quận Hà Đông")
PORTAL_SUPERIOR_NAME = env.str("PORTAL_SUPERIOR_NAME", default="Thành phố Hà Nội")
PORTAL_WORDMARK = env.str("PORTAL_WORDMARK", default="Cổng Một cửa")
PORTAL_PLACE = env.str("PORTAL_PLACE", default="Hà Đông")
PORTAL_HOTLINE = env.str("PORTAL_HOTLINE", default="")
PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", default="")
# The rule-set every new dossier is accepted under; empty means "the one in force by date".
PORTAL_RULESET = env.str("PORTAL_RULESET", default="" if PRODUCTION else "R2")

# Notices: console | smtp | http_sms | apprise; several in order, separated by commas. See docs/deploy.md.
NOTICE_GATEWAYS = {
    "sms": env.str("NOTICE_SMS_GATEWAY", default="console"),
    "email": env.str("NOTICE_EMAIL_GATEWAY", default="console"),
}
NOTICE_HTTP_SMS_URL = env.str("NOTICE_HTTP_SMS_URL", default="")
NOTICE_HTTP_SMS_BODY = env.str("NOTICE_HTTP_SMS_BODY", default='{"to": "{to}", "text": "{text}", "key": "{key}"}')
NOTICE_HTTP_SMS_HEADERS = env.json("NOTICE_HTTP_SMS_HEADERS", default={})
NOTICE_APPRISE_URL = env.str("NOTICE_APPRISE_URL", default="")
# The demo keeps its messages in a file beside its data, where a newcomer can read them.
NOTICE_FILE = env.str("NOTICE_FILE", default=str(HADDONG_HOME / "notices.jsonl") if MODE == "demo" else "")
# A message gives up after so many attempts, or so long after it was first due, whichever comes first.
NOTICE_ATTEMPTS_MAX = env.int("NOTICE_ATTEMPTS_MAX", default=400)
NOTICE_GIVE_UP_HOURS = env.int("NOTICE_GIVE_UP_HOURS", default=48)
# The wait after a first failure; it doubles up to ten minutes.
NOTICE_FIRST_WAIT_SECONDS = env.float("NOTICE_FIRST_WAIT_SECONDS", default=30.0)
# After so long without a word a worker that was sending is taken for dead; longer than any gateway takes.
NOTICE_CLAIM_SECONDS = env.float("NOTICE_CLAIM_SECONDS", default=120.0)
# A one-time code that comes late is worse than none.
NOTICE_CODE_MINUTES = env.int("NOTICE_CODE_MINUTES", default=5)
# When nothing is sent on a channel, until somebody sets other hours on the screen; empty for none.
NOTICE_QUIET_HOURS = env.str("NOTICE_QUIET_HOURS", default="sms=21:00-07:00")
# So often is a person phoned without an answer before the call list only marks them.
NOTICE_CALL_TRIES_MAX = env.int("NOTICE_CALL_TRIES_MAX", default=3)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_TIMEOUT = 20  # seconds; without it a silent server keeps a worker for ever
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="motcua@localhost")

# A survey code on a slip can be answered so long; and so many pages one address may open in a quarter of an hour
# (a tablet at the desk, or the hall's network, is one address for many people).
SURVEY_DAYS = env.int("SURVEY_DAYS", default=30)
SURVEY_TRIES_PER_ADDRESS_MAX = env.int("SURVEY_TRIES_PER_ADDRESS_MAX", default=200)

# So many calls of the REST API one account may make in a minute: acts (filings, intakes, withdrawals) and reads.
API_WRITES_PER_MINUTE_MAX = env.int("API_WRITES_PER_MINUTE_MAX", default=120)
API_READS_PER_MINUTE_MAX = env.int("API_READS_PER_MINUTE_MAX", default=1200)

# One-time codes by phone: how long one is good, how often it may be mistyped, and how many are sent.
PHONE_CODE_MINUTES = env.int("PHONE_CODE_MINUTES", default=5)
PHONE_CODE_ATTEMPTS_MAX = env.int("PHONE_CODE_ATTEMPTS_MAX", default=5)
PHONE_CODE_RESEND_SECONDS = env.int("PHONE_CODE_RESEND_SECONDS", default=60)
PHONE_CODE_PER_PHONE_MAX = env.int("PHONE_CODE_PER_PHONE_MAX", default=5)  # in an hour
PHONE_CODE_PER_ADDRESS_MAX = env.int("PHONE_CODE_PER_ADDRESS_MAX", default=30)  # in an hour
# A citizen's visit after signing in: it ends after so long without a touch, and in any case after so many hours.
CITIZEN_IDLE_MINUTES = env.int("CITIZEN_IDLE_MINUTES", default=15)
CITIZEN_SESSION_HOURS = env.int("CITIZEN_SESSION_HOURS", default=2)
# Share codes of papers: how long one may be made for, how often it may open the paper, how many of a paper are open at
# once, how long its file opens after the page, and how often one address may try in a quarter of an hour.
SHARE_CODE_MINUTES = env.list("SHARE_CODE_MINUTES", cast=int, default=[30, 24 * 60, 7 * 24 * 60])
OWN_UPLOADS_PER_DAY_MAX = env.int("OWN_UPLOADS_PER_DAY_MAX", default=20)
SHARE_CODE_USES_MAX = env.int("SHARE_CODE_USES_MAX", default=10)
SHARE_CODES_OPEN_MAX = env.int("SHARE_CODES_OPEN_MAX", default=5)
SHARE_FILE_MINUTES = env.int("SHARE_FILE_MINUTES", default=10)
SHARE_TRIES_PER_ADDRESS_MAX = env.int("SHARE_TRIES_PER_ADDRESS_MAX", default=30)
# How often one address may open linked cases by a receipt or a code in a quarter of an hour.
LINKED_TRIES_PER_ADDRESS_MAX = env.int("LINKED_TRIES_PER_ADDRESS_MAX", default=30)
PHONE_CONFIRMED_MINUTES = env.int("PHONE_CONFIRMED_MINUTES", default=60)  # how long a confirmed phone counts

# A result read from the connected population register may stand for another matter of the same person so long.
RESIDENCE_LOOK_UP_FRESH_MINUTES = env.int("RESIDENCE_LOOK_UP_FRESH_MINUTES", default=30)

# The paper store. From which trust on a paper may be re-used: without a signature a copy is only a picture to look at
# (TT 01/2023 art. 9, certainty medium: CHECKED lets what a clerk compared with the original count as well).
PAPERS_TRUST_MIN = env.str("PAPERS_TRUST_MIN", default="SIGNED_DIGITISED")
# The nightly sweep proves each stored file again after so many days. It runs every ten minutes from one to five, each
# time so many minutes: a task longer than the broker's visibility timeout (600 s) would be given out twice.
PAPERS_CHECK_DAYS = env.int("PAPERS_CHECK_DAYS", default=30)
PAPERS_SWEEP_MINUTES = env.int("PAPERS_SWEEP_MINUTES", default=8)
# A file without a row (its act was rolled back) is removed once it is this old.
PAPERS_ORPHAN_HOURS = env.int("PAPERS_ORPHAN_HOURS", default=24)

UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=25 * 1024 * 1024)
# How a file is checked (docs/deploy.md): pages of a PDF, points of a picture, time and memory of the reading process.
FILE_PAGES_MAX = env.int("FILE_PAGES_MAX", default=500)
FILE_PIXELS_MAX = env.int("FILE_PIXELS_MAX", default=110_000_000)  # phones take pictures of 108 million
FILE_CHECK_SECONDS = env.int("FILE_CHECK_SECONDS", default=20)
FILE_CHECK_MEMORY_BYTES = env.int("FILE_CHECK_MEMORY_BYTES", default=1536 * 1024 * 1024)
# ClamAV by its socket or as "host:port"; neither: no virus scanner. While a configured one is silent, files wait.
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
CLAMAV_TIMEOUT_SECONDS = env.int("CLAMAV_TIMEOUT_SECONDS", default=20)
# A broken line says "over StreamMaxLength" only for a file larger than this; for a smaller one it means "down".
CLAMAV_STREAM_MIN_BYTES = env.int("CLAMAV_STREAM_MIN_BYTES", default=1024 * 1024)
# Online filing: files of one dossier, all their bytes, and how often one address may begin or send in an hour.
FILING_FILES_MAX = env.int("FILING_FILES_MAX", default=30)
FILING_TOTAL_MAX_BYTES = env.int("FILING_TOTAL_MAX_BYTES", default=100 * 1024 * 1024)
FILING_DRAFTS_PER_ADDRESS_MAX = env.int("FILING_DRAFTS_PER_ADDRESS_MAX", default=60)
FILING_SUBMITS_PER_ADDRESS_MAX = env.int("FILING_SUBMITS_PER_ADDRESS_MAX", default=30)
# No request is larger: all files of one filing at once, and some room for the words around them.
REQUEST_MAX_BYTES = env.int("REQUEST_MAX_BYTES", default=FILING_TOTAL_MAX_BYTES + 5 * 1024 * 1024)
FILING_COOKIE_DAYS = env.int("FILING_COOKIE_DAYS", default=30)  # how long a browser remembers its unfinished forms
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = FILING_FILES_MAX  # of one request
