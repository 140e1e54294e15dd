#include "identity/passwordrules.h"

#include <QList>

#include <algorithm>
#include <array>
#include <string_view>

namespace dockerauto::application {

using core::ErrorCode;

namespace {

constexpr qsizetype minLength = 15;
constexpr qsizetype maxLength = 256;
// RFC 5321, 4.5.3.1.
constexpr qsizetype maxEmailLength = 254;
constexpr qsizetype maxLocalLength = 64;

/// Those of 15 characters and more that stand in public lists of leaked passwords.
constexpr auto commonPasswords = std::to_array<std::string_view>({
    "012345678901234",
    "0123456789012345",
    "123123123123123",
    "1234567890123456",
    "12345678901234567890",
    "123456789012345",
    "1234567890qwerty",
    "1234567890qwertyuiop",
    "123456789123456",
    "123456789123456789",
    "123456789987654321",
    "123456789abcdef",
    "123456789qwerty",
    "123456789qwertyuiop",
    "123456qwertyuiop",
    "123qweasdzxc123",
    "12qwaszx12qwaszx",
    "1q2w3e4r1q2w3e4r",
    "1q2w3e4r5t6y7u8i",
    "1q2w3e4r5t6y7u8i9o",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx1qaz2wsx",
    "1qaz2wsx3edc4rfv",
    "1qaz2wsx3edc4rfv5tgb",
    "1qazxsw23edcvfr4",
    "987654321987654321",
    "abc123abc123abc123",
    "abcdefghijklmno",
    "abcdefghijklmnop",
    "abcdefghijklmnopqrstuvwxyz",
    "administrator123",
    "administratoradministrator",
    "adminadminadmin",
    "asdfghjklasdfghjkl",
    "asdfghjklqwertyuiop",
    "changemechangeme",
    "correcthorsebatterystaple",
    "correct horse battery staple",
    "dockerdockerdocker",
    "football123456789",
    "iloveyouiloveyou",
    "letmeinletmein1",
    "letmeinletmeinletmein",
    "passw0rdpassw0rd",
    "password1234567",
    "password12345678",
    "password123456789",
    "password1234567890",
    "password123password",
    "password123password123",
    "passwordpassword",
    "passwordpassword1",
    "princess12345678",
    "q1w2e3r4t5y6u7i8",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgb",
    "qazwsxedcrfvtgbyhnujm",
    "qwerty123456789",
    "qwerty1234567890",
    "qwertyqwertyqwerty",
    "qwertyuiop12345",
    "qwertyuiop123456",
    "qwertyuiop123456789",
    "qwertyuiop1234567890",
    "qwertyuiopasdfg",
    "qwertyuiopasdfgh",
    "qwertyuiopasdfghjkl",
    "qwertyuiopasdfghjklzxcvbnm",
    "superman12345678",
    "thisismypassword",
    "trustno1trustno1",
    "welcome12345678",
    "zaq12wsxzaq12wsx",
    "zaq1zaq1zaq1zaq1",
    "zxcvbnmasdfghjkl",
    "zxcvbnmasdfghjklqwertyuiop",
});

/// `aaaa…` and `abcabc…`: the same few characters over and over.
bool repeatsItself(const QString &text)
{
    constexpr qsizetype longestUnit = 4;
    for (qsizetype unit = 1; unit <= longestUnit; ++unit) {
        if (std::equal(text.begin() + unit, text.end(), text.begin())) {
            return true;
        }
    }
    return false;
}

core::Failure wrongPassword(const QString &message)
{
    return core::fail(ErrorCode::InvalidArgument, message, QStringLiteral("password"));
}

bool isEmail(const QString &text)
{
    const qsizetype at = text.indexOf(QLatin1Char('@'));
    const QStringView domain = QStringView(text).mid(at + 1);
    return text.size() <= maxEmailLength && at > 0 && at <= maxLocalLength &&
           text.count(QLatin1Char('@')) == 1 && !domain.isEmpty() && !domain.startsWith(QLatin1Char('.')) &&
           !domain.endsWith(QLatin1Char('.')) && !domain.contains(QLatin1String("..")) &&
           std::ranges::all_of(text, [](QChar c) { return c.isPrint() && !c.isSpace(); });
}

} // namespace

core::Result<> checkNewPassword(const QString &password, const QString &email)
{
    const qsizetype length = password.toUcs4().size();
    if (length < minLength) {
        return wrongPassword(
            QStringLiteral("The password needs at least %1 characters. A few words in a row do well.")
                .arg(minLength));
    }
    if (length > maxLength) {
        return wrongPassword(QStringLiteral("The password may have at most %1 characters.").arg(maxLength));
    }
    const QString lower = password.toLower();
    if (repeatsItself(password) || lower == email ||
        std::ranges::find(commonPasswords, lower.toStdString()) != commonPasswords.end()) {
        return wrongPassword(
            QStringLiteral("This password is one of the first that attackers try. Choose another."));
    }
    return {};
}

core::Result<QString> normalizeEmail(const QString &text)
{
    const QString email = text.trimmed().toLower();
    if (!isEmail(email)) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral("This is not an e-mail address. Write it as name@example.com."),
            QStringLiteral("email"));
    }
    return email;
}

} // namespace dockerauto::application
