#include <api/openapi.h>

#include <contracts/operations.h>
#include <testsupport/jsontext.h>

#include <QTest>

#include <algorithm>
#include <set>

using namespace dockerauto;
using core::Json;

class OpenApiTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void operation_isThere_each();
    void reference_isResolved_each();
    void body_leavesOut_fieldsOfThePath();
    void body_isAnything_whereItIsOneField();
    void optional_isNotRequired();
    void description_isTheSame_twice();

private:
    const Json m_document = api::openApiDocument();
};

namespace {

void collect(const Json &value, std::set<std::string> &references)
{
    if (value.is_object()) {
        for (const auto &[key, member] : value.items()) {
            if (key == "$ref") {
                references.insert(member.get<std::string>());
            }
            collect(member, references);
        }
    } else if (value.is_array()) {
        for (const auto &member : value) {
            collect(member, references);
        }
    }
}

} // namespace

void OpenApiTest::operation_isThere_each()
{
    COMPARE_JSON(m_document["openapi"], Json("3.1.0"));
    std::size_t entries = 0;
    for (const auto &[path, methods] : m_document["paths"].items()) {
        entries += methods.size();
    }
    QCOMPARE(entries, contracts::operations().size());
    for (const auto &operation : contracts::operations()) {
        const auto &info = *operation.info;
        std::string method(contracts::toText(info.method));
        std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c + 32); });
        const Json &entry = m_document["paths"][std::string(info.path)][method];
        QVERIFY2(entry.is_object(), std::string(info.name).c_str());
        COMPARE_JSON(entry["operationId"], Json(info.name));
        QVERIFY(entry["responses"].contains(std::to_string(info.success)));
        QVERIFY(entry["responses"].contains("default"));
        QCOMPARE(entry["responses"].contains("401"), info.access != contracts::Access::Public);
        for (const auto &field : contracts::pathFields(info.path)) {
            QVERIFY2(std::ranges::any_of(entry["parameters"],
                         [&](const Json &parameter) {
                             return parameter["name"] == field && parameter["in"] == "path" &&
                                    parameter["required"] == true;
                         }),
                std::string(info.name).c_str());
        }
    }
}

void OpenApiTest::reference_isResolved_each()
{
    std::set<std::string> references;
    collect(m_document, references);
    QVERIFY(references.size() > 10);
    for (const std::string &reference : references) {
        QVERIFY2(reference.starts_with("#/"), reference.c_str());
        QVERIFY2(m_document.contains(Json::json_pointer(reference.substr(1))), reference.c_str());
    }
}

void OpenApiTest::body_leavesOut_fieldsOfThePath()
{
    const Json &change = m_document["paths"]["/containers/{id}"]["put"];
    const Json &properties = change["requestBody"]["content"]["application/json"]["schema"]["properties"];
    QVERIFY(properties.contains("updatePolicy"));
    QVERIFY(!properties.contains("id"));
    QVERIFY(!m_document["paths"]["/containers/{id}/start"]["post"].contains("requestBody"));
    QVERIFY(!m_document["paths"]["/containers"]["get"].contains("requestBody"));
}

void OpenApiTest::body_isAnything_whereItIsOneField()
{
    const Json &call = m_document["paths"]["/webhooks/registry/{token}"]["post"];
    COMPARE_JSON(call["requestBody"]["content"]["application/json"]["schema"], Json::object());
    COMPARE_JSON(call["requestBody"]["required"], Json(true));
    QCOMPARE(call["parameters"].size(), 1u);
}

void OpenApiTest::optional_isNotRequired()
{
    for (const Json &parameter : m_document["paths"]["/containers"]["get"]["parameters"]) {
        COMPARE_JSON(parameter["in"], Json("query"));
        COMPARE_JSON(parameter["required"], Json(false));
    }
    COMPARE_JSON(m_document["paths"]["/auth/login"]["post"]["requestBody"]["required"], Json(true));
}

void OpenApiTest::description_isTheSame_twice()
{
    QCOMPARE(core::writeJson(api::openApiDocument()), core::writeJson(m_document));
}

QTEST_APPLESS_MAIN(OpenApiTest)
#include "tst_openapi.moc"
