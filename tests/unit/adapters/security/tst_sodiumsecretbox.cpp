#include <security/aead.h>
#include <security/sodiumsecretbox.h>
#include <security/systemrandomness.h>

#include <QTest>

using namespace dockerauto;
using core::ErrorCode;
using core::Secret;
using security::SodiumSecretBox;

class SodiumSecretBoxTest : public QObject
{
    Q_OBJECT

private:
    static Secret key(char letter) { return Secret(QByteArray(32, letter)); }
    static QByteArray hex(const char *text) { return QByteArray::fromHex(text); }

    security::SystemRandomness m_randomness;
    const QByteArray m_place = "registries/example.com/secret";

private Q_SLOTS:
    void open_givesWhatWasSealed_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("password") << QByteArray("hunter2");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("bytes") << QByteArray("\0\xff\n", 3);
        QTest::newRow("long") << QByteArray(100'000, 'x');
    }

    void open_givesWhatWasSealed()
    {
        QFETCH(QByteArray, secret);
        SodiumSecretBox box({{"k1", key('a')}}, "k1", m_randomness);
        const QByteArray sealed = box.seal(Secret(secret), m_place);
        QVERIFY(secret.isEmpty() || !sealed.contains(secret));
        const auto opened = box.open(sealed, m_place);
        QVERIFY(opened);
        QCOMPARE(opened->reveal(), secret);
    }

    void seal_isAnotherOne_everyTime()
    {
        SodiumSecretBox box({{"k1", key('a')}}, "k1", m_randomness);
        QVERIFY(box.seal(Secret("x"), m_place) != box.seal(Secret("x"), m_place));
    }

    void open_isCorrupt_inAnotherPlace_data()
    {
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("another row") << QByteArray("registries/evil.example/secret");
        QTest::newRow("nowhere") << QByteArray();
        QTest::newRow("longer") << m_place + "x";
        QTest::newRow("shorter") << m_place.chopped(1);
    }

    void open_isCorrupt_inAnotherPlace()
    {
        QFETCH(QByteArray, place);
        SodiumSecretBox box({{"k1", key('a')}}, "k1", m_randomness);
        const auto opened = box.open(box.seal(Secret("x"), m_place), place);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Corrupt);
    }

    void open_isCorrupt_whenAnyByteIsAnotherOne()
    {
        SodiumSecretBox box({{"k1", key('a')}}, "k1", m_randomness);
        const QByteArray sealed = box.seal(Secret("hunter2"), m_place);
        for (qsizetype i = 0; i < sealed.size(); ++i) {
            for (const int bit : {0, 3, 7}) {
                QByteArray changed = sealed;
                changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
                const auto opened = box.open(changed, m_place);
                QVERIFY2(!opened, qPrintable(QString::number(i)));
                QCOMPARE(opened.error().code, ErrorCode::Corrupt);
            }
        }
    }

    void open_isCorrupt_whenItIsCutOrLonger()
    {
        SodiumSecretBox box({{"k1", key('a')}}, "k1", m_randomness);
        const QByteArray sealed = box.seal(Secret("hunter2"), m_place);
        for (qsizetype size = 0; size < sealed.size(); ++size) {
            const auto opened = box.open(sealed.left(size), m_place);
            QVERIFY2(!opened, qPrintable(QString::number(size)));
            QCOMPARE(opened.error().code, ErrorCode::Corrupt);
        }
        QVERIFY(!box.open(sealed + '\0', m_place));
    }

    void open_isCorrupt_withAnotherKey()
    {
        SodiumSecretBox one({{"k1", key('a')}}, "k1", m_randomness);
        SodiumSecretBox other({{"k1", key('b')}}, "k1", m_randomness);
        SodiumSecretBox without({{"k2", key('a')}}, "k2", m_randomness);
        const QByteArray sealed = one.seal(Secret("x"), m_place);
        for (SodiumSecretBox *box : {&other, &without}) {
            const auto opened = box->open(sealed, m_place);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, ErrorCode::Corrupt);
        }
    }

    void open_takesOldKeys_whileTheNewOneSeals()
    {
        SodiumSecretBox before({{"k1", key('a')}}, "k1", m_randomness);
        SodiumSecretBox after({{"k1", key('a')}, {"k2", key('b')}}, "k2", m_randomness);
        const auto old = after.open(before.seal(Secret("old"), m_place), m_place);
        QVERIFY(old);
        QCOMPARE(old->reveal(), QByteArray("old"));
        const QByteArray sealed = after.seal(Secret("new"), m_place);
        QVERIFY(after.open(sealed, m_place));
        QVERIFY(!before.open(sealed, m_place));
    }

    /// The example of draft-irtf-cfrg-xchacha-03, A.3.1.
    void aead_opensTheExampleOfTheDraft()
    {
        const Secret exampleKey(hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
        const QByteArray nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
        const QByteArray data = hex("50515253c0c1c2c3c4c5c6c7");
        const QByteArray ciphertext = hex("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                                          "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                                          "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                                          "21f9664c97637da9768812f615c68b13b52e");
        const QByteArray tag = hex("c0875924c1c7987947deafd8780acf49");
        const auto opened = security::aead::open(exampleKey, nonce, data, ciphertext, tag);
        QVERIFY(opened);
        QCOMPARE(opened->reveal(),
            QByteArray("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
                       "future, sunscreen would be it."));
        QVERIFY(!security::aead::open(exampleKey, nonce, data, ciphertext, tag.chopped(1) + '\0'));
    }

    void aead_isInvalid_withOtherSizes()
    {
        const QByteArray nonce(24, 'n');
        const QByteArray tag(16, 't');
        const auto isInvalid = [](const core::Result<Secret> &result) {
            return !result && result.error().code == ErrorCode::InvalidArgument;
        };
        QVERIFY(isInvalid(security::aead::open(Secret(QByteArray(31, 'k')), nonce, {}, {}, tag)));
        QVERIFY(isInvalid(security::aead::open(key('k'), nonce.chopped(12), {}, {}, tag)));
        QVERIFY(isInvalid(security::aead::open(key('k'), nonce, {}, {}, tag.chopped(4))));
    }
};

QTEST_APPLESS_MAIN(SodiumSecretBoxTest)
#include "tst_sodiumsecretbox.moc"
