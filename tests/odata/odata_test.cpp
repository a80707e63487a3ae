// The feed without sockets: what Excel and Power BI ask, and what nobody should.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "sync/odata/answer.h"
#include "sync/odata/filter.h"
#include "sync/odata/query.h"

namespace machikoe::odata {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

/// Seven rows; the count of "c" may not be shown.
Table small_table() {
    Table table{{{"Id"},
                 {"Question"},
                 {"Group"},
                 {"Hidden", Type::Boolean},
                 {"Count", Type::Int32, Use::Figure}},
                {}};
    const auto add = [&](const char* id, const char* question, const char* group,
                         std::optional<std::int64_t> count) {
        table.rows.push_back({std::string(id), std::string(question),
                              *group ? Value(std::string(group)) : Value(), !count,
                              count ? Value(*count) : Value()});
    };
    add("g", "feel", "", 7);
    add("a", "feel", "young", 1);
    add("b", "feel", "old", 2);
    add("c", "safe", "young", std::nullopt);
    add("d", "safe", "old", 4);
    add("e", "o'clock", "", 5);
    add("f", "区の声", "", 6);
    return table;
}

class ODataTest : public testing::Test {
  protected:
    Reply ask(const std::string& path, const std::string& query = "", Request more = {}) {
        more.base = "https://ward.example/odata/";
        more.path = path;
        more.query = query;
        return answer(more, table_);
    }
    std::vector<std::string> ids(const std::string& query) {
        const Reply reply = ask("Figures", query);
        EXPECT_EQ(reply.status, 200u) << query << " " << reply.body;
        std::vector<std::string> all;
        for (const json& row : json::parse(reply.body).value("value", json::array()))
            all.push_back(row.at("Id"));
        return all;
    }
    std::vector<std::string> filtered(const std::string& filter) {
        return ids("$filter=" + percent_encoded(filter));
    }
    unsigned status(const std::string& query) { return ask("Figures", query).status; }
    unsigned filter_status(const std::string& filter) {
        return status("$filter=" + percent_encoded(filter));
    }

    Table table_ = small_table();
};

TEST_F(ODataTest, TheServiceDocumentLeadsToTheSet) {
    const json body = json::parse(ask("").body);
    EXPECT_EQ(body["@odata.context"], "https://ward.example/odata/$metadata");
    EXPECT_EQ(body["value"][0]["name"], "Figures");
}

TEST_F(ODataTest, TheMetadataNamesEveryColumnAndWhatCannotBeFilteredBy) {
    const Reply reply = ask("$metadata");
    EXPECT_EQ(reply.content_type, "application/xml;charset=utf-8");
    EXPECT_THAT(reply.body,
                HasSubstr(R"(<Property Name="Id" Type="Edm.String" Nullable="false"/>)"));
    EXPECT_THAT(reply.body, HasSubstr(R"(<Property Name="Count" Type="Edm.Int32"/>)"));
    EXPECT_THAT(reply.body, HasSubstr("NonFilterableProperties\"><Collection><PropertyPath>Count"));
    EXPECT_EQ(ask("$metadata", "$format=json").status, 406u);
}

TEST_F(ODataTest, RowsComeByTheirIdAndWhatIsHiddenIsNull) {
    EXPECT_THAT(ids(""), ElementsAre("a", "b", "c", "d", "e", "f", "g"));
    const json row = json::parse(ask("Figures('c')").body);
    EXPECT_EQ(row["@odata.context"], "https://ward.example/odata/$metadata#Figures/$entity");
    EXPECT_TRUE(row["Count"].is_null());
    EXPECT_EQ(row["Hidden"], true);
    EXPECT_EQ(ask("Figures('x')").status, 404u);
    EXPECT_EQ(ask("Figures(Id='c')").status, 200u);
    EXPECT_EQ(ask("Figures(%27c%27)").status, 200u);
    for (const char* broken : {"Figures(c)", "Figures('c", "Figures('c'')", "Figures('c'x')",
                               "Figures(1)", "Figures()", "Figures(''')", "Figures(%2)"})
        EXPECT_EQ(ask(broken).status, 400u) << broken;
}

TEST_F(ODataTest, FiltersPickByWhatRowsAreAbout) {
    EXPECT_THAT(filtered("Question eq 'feel'"), ElementsAre("a", "b", "g"));
    EXPECT_THAT(filtered("Question ne 'feel'"), ElementsAre("c", "d", "e", "f"));
    EXPECT_THAT(filtered("Group eq null"), ElementsAre("e", "f", "g"));
    EXPECT_THAT(filtered("Group ne null and Question eq 'safe'"), ElementsAre("c", "d"));
    EXPECT_THAT(filtered("Group ne 'old'"), ElementsAre("a", "c", "e", "f", "g"));
    EXPECT_THAT(filtered("Hidden"), ElementsAre("c"));
    EXPECT_THAT(filtered("Hidden eq true"), ElementsAre("c"));
    EXPECT_THAT(filtered("Question eq 'o''clock'"), ElementsAre("e"));
    EXPECT_THAT(filtered("contains(Question,'の')"), ElementsAre("f"));
    EXPECT_THAT(filtered("startswith(Question, 'sa') or endswith(Question, 'ck')"),
                ElementsAre("c", "d", "e"));
    EXPECT_THAT(filtered("not (Question eq 'feel' or Question eq 'safe')"), ElementsAre("e", "f"));
    EXPECT_THAT(filtered("not not contains(Question,'feel')"), ElementsAre("a", "b", "g"));
    EXPECT_THAT(filtered("Question eq 'safe' or Question eq 'feel' and Group eq 'old'"),
                ElementsAre("b", "c", "d"))
        << "and binds first";
    EXPECT_THAT(filtered("(((Id eq 'a')))"), ElementsAre("a"));
    EXPECT_THAT(filtered("'a' eq Id"), ElementsAre("a"));
    EXPECT_THAT(ids("$filter=Question+eq+%27feel%27+and+Group+eq+null"), ElementsAre("g"));
}

TEST_F(ODataTest, NullOfTwoTruthValuesIsNeither) {
    EXPECT_THAT(filtered("contains(Group,'o')"), ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(filtered("not contains(Group,'old')"), ElementsAre("a", "c"));
    EXPECT_THAT(filtered("contains(Group,'x') or Question eq 'feel'"), ElementsAre("a", "b", "g"));
    EXPECT_THAT(filtered("contains(Group,'x') and true"), ElementsAre());
    EXPECT_THAT(filtered("null eq null"), ElementsAre("a", "b", "c", "d", "e", "f", "g"));
}

TEST_F(ODataTest, FiguresCannotBeProbed) {
    for (const char* filter : {"Count eq 1", "Count gt 3", "1 eq Count", "not (Count eq 1)",
                               "Id eq 'c' and Count eq null", "contains(Count,'1')"})
        EXPECT_EQ(filter_status(filter), 400u) << filter;
    EXPECT_EQ(status("$orderby=Count"), 400u);
    EXPECT_EQ(ask("Figures/$count", "$filter=Count%20eq%201").status, 400u);
    EXPECT_EQ(status("$select=Count"), 200u);
}

TEST_F(ODataTest, BrokenFiltersAreRefusedAndTheRestOfTheLanguageSaysSo) {
    for (const char* filter : {"",
                               " ",
                               "Id",
                               "Id eq",
                               "eq 'a'",
                               "Id eq 'a",
                               "Id eq 'a'' ",
                               "(Id eq 'a'",
                               "Id eq 'a')",
                               "Id eq 1",
                               "Hidden eq 'true'",
                               "Nothing eq 'a'",
                               "not Id",
                               "Id eq 'a' and",
                               "'a'",
                               "1 eq 1x",
                               "contains(Id)",
                               "contains(Id,'a','b')",
                               "contains(Id,1)",
                               "Id eq 'a' xor Id eq 'b'",
                               "Id = 'a'",
                               "not Hidden eq",
                               "1",
                               "-",
                               "Id eq 99999999999999999999",
                               "\x01"})
        EXPECT_EQ(filter_status(filter), 400u) << filter;
    for (const char* filter : {"Id gt 'a'", "Id in ('a','b')", "length(Id) eq 1",
                               "tolower(Id) eq 'a'", "Id has 'a'", "Id add 1 eq 2"})
        EXPECT_EQ(filter_status(filter), 501u) << filter;
    EXPECT_EQ(filter_status(std::string(20, '(') + "Hidden" + std::string(20, ')')), 400u);
    EXPECT_EQ(filter_status(std::string(10, '(') + "Hidden" + std::string(10, ')')), 200u);
    std::string many = "Hidden", nots, calls;
    for (int i = 0; i < 300; ++i) many += " or Hidden";
    for (int i = 0; i < 100; ++i) nots += "not ";
    for (int i = 0; i < 100; ++i) calls += "contains(";
    EXPECT_EQ(filter_status(many), 400u);
    EXPECT_EQ(filter_status(nots + "Hidden"), 400u);
    EXPECT_EQ(filter_status(calls), 400u);
    EXPECT_EQ(filter_status("Id eq '" + std::string(3000, 'x') + "'"), 400u);
}

TEST_F(ODataTest, OptionsAreReadStrictly) {
    for (const char* query : {"$filter=Id%20eq%20%27a%27&$filter=Id%20eq%20%27a%27",
                              "$top=-1",
                              "$top=1.5",
                              "$top=x",
                              "$top=",
                              "$skip=-1",
                              "$skip=99999999999999999999",
                              "$count=yes",
                              "$select=Nothing",
                              "$select=",
                              "$orderby=Nothing",
                              "$orderby=Id%20up",
                              "$what=1",
                              "$Filter=Hidden",
                              "$top=%4",
                              "$top=%zz",
                              "$skiptoken=zz",
                              "$skiptoken=5b5d",
                              "$skiptoken=5b312c315d",
                              "$skiptoken=",
                              "%24top=x"})
        EXPECT_EQ(status(query), 400u) << query;
    for (const char* query : {"$expand=Question", "$search=a", "$apply=x", "$compute=x", "@a=1"})
        EXPECT_EQ(status(query), 501u) << query;
    EXPECT_EQ(status("mine=1&other"), 200u) << "custom options mean nothing";
    EXPECT_EQ(ask("Figures('a')", "$top=1").status, 400u);
    EXPECT_EQ(ask("Figures('a')", "$select=Id").status, 200u);
    EXPECT_EQ(ask("", "$top=1").status, 400u);
    EXPECT_EQ(ask("Nothing").status, 404u);
    EXPECT_EQ(ask("Figures/").status, 404u);
    EXPECT_EQ(ask("$batch").status, 501u);
}

TEST_F(ODataTest, SelectAndOrderByAndTop) {
    const json body = json::parse(ask("Figures", "$select=Question,Count&$top=1").body);
    EXPECT_EQ(body["@odata.context"],
              "https://ward.example/odata/$metadata#Figures(Question,Count)");
    EXPECT_EQ(body["value"][0],
              (json{{"@odata.id", "Figures('a')"}, {"Question", "feel"}, {"Count", 1}}));
    EXPECT_FALSE(body.contains("@odata.nextLink")) << "no more was asked for";
    EXPECT_THAT(ids("$orderby=Question%20desc,Id%20desc&$top=3"), ElementsAre("f", "d", "c"));
    EXPECT_THAT(ids("$orderby=Group,Question&$skip=2&$top=2"), ElementsAre("f", "b"))
        << "null comes first";
    EXPECT_THAT(ids("$top=0"), ElementsAre());
    EXPECT_THAT(ids("$skip=100"), ElementsAre());
}

TEST_F(ODataTest, CountIsOfAllThatMatch) {
    const json body =
        json::parse(ask("Figures", "$count=true&$top=1&$filter=Question%20eq%20%27feel%27").body);
    EXPECT_EQ(body["@odata.count"], 3);
    EXPECT_EQ(ask("Figures/$count").body, "7");
    EXPECT_EQ(ask("Figures/$count", "$filter=Hidden").body, "1");
    EXPECT_EQ(ask("Figures/$count").content_type, "text/plain;charset=utf-8");
}

TEST_F(ODataTest, PagesHoldEveryRowOnceWhateverTheOrder) {
    for (const char* order :
         {"", "$orderby=Group&", "$orderby=Hidden%20desc,Question%20desc&",
          "$filter=Id%20ne%20%27b%27&$orderby=Group%20desc&", "$top=5&$skip=1&"}) {
        std::vector<std::string> all;
        std::string query = std::string(order) + "$select=Id&$count=true";
        for (int pages = 0; pages < 10; ++pages) {
            Request request;
            if (pages == 0) request.prefer = "return=minimal, odata.maxpagesize=2";
            const Reply reply = ask("Figures", query, request);
            EXPECT_EQ(reply.preference_applied, pages ? "" : "odata.maxpagesize=2");
            const json body = json::parse(reply.body);
            EXPECT_LE(body["value"].size(), 2u);
            EXPECT_TRUE(body.contains("@odata.count"));
            for (const json& row : body["value"]) all.push_back(row["Id"]);
            if (!body.contains("@odata.nextLink")) break;
            const std::string link = body["@odata.nextLink"];
            const std::string begin = "https://ward.example/odata/Figures?";
            ASSERT_TRUE(link.starts_with(begin));
            query = link.substr(begin.size());
        }
        EXPECT_EQ(all, ids(std::string(order) + "$select=Id")) << order;
        EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
    }
}

TEST_F(ODataTest, RowsThatComeInBetweenDoNotShiftPages) {
    Request request;
    request.prefer = "odata.maxpagesize=2";
    const json first = json::parse(ask("Figures", "", request).body);
    table_.rows.push_back({std::string("aa"), std::string("new"), Value(), false, Value()});
    const std::string link = first["@odata.nextLink"];
    const json second = json::parse(ask("Figures", link.substr(link.find('?') + 1)).body);
    EXPECT_EQ(second["value"][0]["Id"], "c");
}

TEST_F(ODataTest, FormsAndVersionsAreNegotiated) {
    const auto as = [&](const std::string& accept, const std::string& query = "") {
        Request request;
        request.accept = accept;
        return ask("Figures", query, request);
    };
    // As Power Query sends it.
    EXPECT_EQ(as("application/json;odata.metadata=minimal;q=1.0,application/json;odata="
                 "minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,"
                 "application/xml;q=0.7,text/plain;q=0.7")
                  .content_type,
              "application/json;odata.metadata=minimal");
    const Reply bare = as("application/json; odata.metadata=none");
    EXPECT_EQ(bare.content_type, "application/json;odata.metadata=none");
    EXPECT_FALSE(json::parse(bare.body).contains("@odata.context"));
    EXPECT_EQ(as("application/json;odata.metadata=full").status, 406u);
    EXPECT_EQ(as("application/json;odata.metadata=full,*/*;q=0.1").status, 200u);
    EXPECT_EQ(as("text/html").status, 406u);
    EXPECT_EQ(as("text/html", "$format=json").status, 200u) << "$format goes first";
    EXPECT_EQ(as("", "$format=atom").status, 406u);
    for (const char* version : {"3.0", "", "4.0", "4.01", "x"}) {
        Request request;
        request.max_version = version;
        EXPECT_EQ(ask("Figures", "", request).status, std::string(version) == "3.0" ? 400u : 200u)
            << version;
    }
    Request old;
    old.version = "3.0";
    EXPECT_EQ(ask("", "", old).status, 400u);
}

TEST_F(ODataTest, AnErrorIsAnObjectWhateverWasAsked) {
    const json error = json::parse(ask("Figures", "$filter=%22%ff%00%27").body);
    EXPECT_EQ(error["error"]["code"], "BadRequest");
    EXPECT_TRUE(error["error"]["message"].is_string());
}

}  // namespace
}  // namespace machikoe::odata
