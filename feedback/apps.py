from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """QR surveys, complaints and petitions."""

    name = "feedback"
    label = "feedback"
    verbose_name = "Đánh giá, phản ánh"
