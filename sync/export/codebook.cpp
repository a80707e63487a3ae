#include "sync/export/codebook.h"

#include <ostream>

#include "sync/export/csv.h"
#include "sync/export/labels.h"

namespace machikoe {
namespace {

Text words(std::string_view ja, std::string_view en) {
    Text text;
    text.set(Language::Ja, std::string(ja));
    text.set(Language::En, std::string(en));
    return text;
}

template <class Named, class Range>
std::vector<VariableValue> named_values(const Range& range, Named name) {
    std::vector<VariableValue> values;
    for (const auto& each : range) values.push_back({std::string(name(each)), {}});
    return values;
}

/// What is known of every response; the names are those of the columns.
std::vector<Variable> response_variables(const Pack& pack) {
    using enum VariableType;
    constexpr Universe kUniverses[] = {Universe::Resident, Universe::Parent,
                                       Universe::CommunityOrganisation, Universe::Participant};
    std::vector<Variable> variables;
    const auto add = [&](const char* name, VariableType type, std::string_view ja,
                         std::string_view en, bool paradata = false) -> Variable& {
        Variable variable;
        variable.name = name;
        variable.type = type;
        variable.label = words(ja, en);
        variable.paradata = paradata;
        return variables.emplace_back(std::move(variable));
    };
    add("response_id", Text, "回答の番号(無作為)", "Random id of the response");
    add("pack_id", Text, "コンテンツパック", "Content pack");
    add("pack_hash", Text, "パックの版(SHA-256)", "Version of the pack (SHA-256)");
    add("site", Text, "設置場所", "Site");
    add("event", Text, "催し", "Event");
    Variable& universe = add("universe", Category, "回答者の区分", "Who was asked");
    for (const Universe each : kUniverses)
        universe.values.push_back(
            {std::string(name_of(each)),
             words(universe_label(each, Language::Ja), universe_label(each, Language::En))});
    add("mode", Category, "調査方法", "Mode").values = {{"kiosk", words("キオスク", "kiosk")}};
    add("day", Text, "日(日本時間。月だけのことがある)", "Day in Japan; may be a month");
    add("hour", Integer, "時", "Hour");
    Variable& language = add("language", Category, "言語", "Language", true);
    for (const Language each : pack.plan.languages)
        language.values.push_back({std::string(tag_of(each)), {}});
    add("duration_s", Integer, "所要時間の区分の下端(秒)",
        "Lower end of the class of the duration, s", true);
    Variable& issues = add("issues_opened", Category, "開いた課題", "Issues opened", true);
    issues.several = true;
    for (const Issue& issue : pack.plan.issues)
        issues.values.push_back({issue.id, issue.short_title});
    add("length", Category, "調査の長さ", "Length of the form", true).values =
        named_values(kLengths, [](SurveyLength each) { return name_of(each); });
    add("assistance", Category, "手助け", "Who helped", true).values =
        named_values(kAssistances, [](Assistance each) { return name_of(each); });
    add("hurried", Flag, "急いだ回答(1問2秒未満)", "Under two seconds for each answer", true);
    add("repeated", Flag, "直前と同じ回答(2分以内)", "The same answers as just before", true);
    add("straight_line", Flag, "尺度の同じ位置だけの回答", "The same place on all scales", true);
    add("abandoned_before", Text, "直前に途中で終わった訪問の最後の質問",
        "Last question of each visit abandoned just before", true);
    return variables;
}

VariableType type_of(const Question& question) {
    if (question.type == QuestionType::Number) return VariableType::Integer;
    return question.type == QuestionType::FreeText ? VariableType::Text : VariableType::Category;
}

bool has_several(const Question& question) {
    return question.type == QuestionType::Multiple || question.type == QuestionType::Ranking;
}

void add_question(const Question& question, std::vector<Variable>& variables) {
    Variable value;
    value.name = value.question = question.id;
    value.type = type_of(question);
    value.label = question.text;
    value.several = has_several(question);
    for (const Option& option : question.options) value.values.push_back({option.id, option.label});
    variables.push_back(std::move(value));
    Variable status;
    status.name = question.id + "_status";
    status.question = question.id;
    status.is_status = true;
    status.type = VariableType::Category;
    status.label = words("回答の状態", "What became of the question");
    for (const AnswerStatus each :
         {AnswerStatus::Answered, AnswerStatus::Skipped, AnswerStatus::Refused,
          AnswerStatus::NotShown, AnswerStatus::NotAsked})
        status.values.push_back(
            {std::string(name_of(each)),
             words(status_label(each, Language::Ja), status_label(each, Language::En))});
    variables.push_back(std::move(status));
    if (!has_several(question)) return;
    for (const Option& option : question.options) {
        Variable column;
        column.name = question.id + "__" + option.id;
        column.question = question.id;
        column.option = option.id;
        column.type =
            question.type == QuestionType::Multiple ? VariableType::Flag : VariableType::Integer;
        column.label = option.label;
        variables.push_back(std::move(column));
    }
}

std::string_view name_of(VariableType type) {
    switch (type) {
        case VariableType::Text:
            return "text";
        case VariableType::Integer:
            return "integer";
        case VariableType::Category:
            return "category";
        case VariableType::Flag:
            return "flag";
    }
    return "";
}

}  // namespace

std::vector<Variable> variables_of(const Pack& pack) {
    std::vector<Variable> variables = response_variables(pack);
    for (const Question& question : pack.survey.questions)
        if (question.type != QuestionType::Note) add_question(question, variables);
    return variables;
}

void write_codebook_csv(std::ostream& out, const Pack& pack) {
    CsvLine line;
    for (const char* column : {"variable", "type", "code"}) line.add_plain(column);
    for (const Language language : pack.plan.languages)
        line.add_plain("label_" + std::string(tag_of(language)));
    out << kUtf8Bom;
    line.end(out);
    const auto row = [&](const Variable& variable, std::string_view code, const Text& label) {
        line.add_plain(variable.name);
        line.add_plain(name_of(variable.type));
        line.add_plain(code);
        for (const Language language : pack.plan.languages) line.add(label_in(label, language));
        line.end(out);
    };
    for (const Variable& variable : variables_of(pack)) {
        row(variable, "", variable.label);
        for (const VariableValue& value : variable.values) row(variable, value.code, value.label);
    }
}

}  // namespace machikoe
