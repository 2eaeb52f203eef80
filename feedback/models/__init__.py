from feedback.models.survey import SurveyAnswer, SurveyQuestion, SurveyReply

__all__ = ["SurveyAnswer", "SurveyQuestion", "SurveyReply"]
