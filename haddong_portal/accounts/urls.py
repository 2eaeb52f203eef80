"""Signing in, one's own account, and the administrator's pages, under /tai-khoan/."""

from __future__ import annotations

from django.urls import path

from haddong_portal.accounts.views import calendar, lock, organisation, posts, profile, second_factor, sign_in

app_name = "accounts"

urlpatterns = [
    path("", profile.ProfileView.as_view(), name="profile"),
    path("dang-nhap/", sign_in.SignInView.as_view(), name="sign-in"),
    path("dang-xuat/", sign_in.SignOutView.as_view(), name="sign-out"),
    path("vi-tri/", posts.ChoosePostView.as_view(), name="choose-post"),
    path("khoa/", lock.LockView.as_view(), name="lock"),
    path("mo-khoa/", lock.UnlockView.as_view(), name="unlock"),
    path("con-day/", lock.StillHereView.as_view(), name="still-here"),
    path("hai-lop/", second_factor.SecondFactorView.as_view(), name="second-factor"),
    path("hai-lop/thiet-lap/", second_factor.SecondFactorSetupView.as_view(), name="second-factor-setup"),
    path("hai-lop/ma-du-phong/", second_factor.BackupCodesView.as_view(), name="backup-codes"),
    path("mat-khau/", profile.PasswordChangeView.as_view(), name="password-change"),
    path("don-vi/", organisation.UnitsView.as_view(), name="units"),
    path("don-vi/<slug:key>/", organisation.UnitView.as_view(), name="unit"),
    path("nhan-su/", organisation.StaffView.as_view(), name="staff"),
    path("nhan-su/giao/", organisation.AssignPostView.as_view(), name="assign-post"),
    path("nhan-su/<int:post_id>/ket-thuc/", organisation.EndPostView.as_view(), name="end-post"),
    path("quyen/", organisation.RightsView.as_view(), name="rights"),
    path("lich/", calendar.CalendarView.as_view(), name="calendar"),
    path("lich/<int:year>/", calendar.CalendarView.as_view(), name="calendar-year"),
    path("lich/ngay/<str:on>/", calendar.CalendarDayView.as_view(), name="calendar-day"),
]
