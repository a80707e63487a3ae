#include "sync/export/xlsx.h"

#include <fmt/format.h>

#include <list>

#include "sync/export/codebook.h"
#include "sync/export/export.h"
#include "sync/export/labels.h"
#include "sync/export/table_rows.h"
#include "sync/export/xlsx_sheet.h"

namespace machikoe {
namespace {

constexpr lxw_row_t kRowsOfASheet = 1'048'576;

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : between) + word;
    return line;
}

/// An answer's option ids, or its labels.
std::string choices(const Question& question, const ChosenOptions& chosen, bool labels) {
    if (!labels) return joined(chosen, " ");
    std::vector<std::string> words;
    for (const std::string& option : chosen)
        if (const Option* found = question.option(option))
            words.push_back(label_in(found->label, Language::Ja));
    return joined(words, "、");
}

void write_answer(XlsxSheet& sheet, const Question& question, const Answer& answer, bool labels) {
    if (const auto* chosen = std::get_if<ChosenOptions>(&answer.value))
        sheet.text(choices(question, *chosen, labels));
    else if (const auto* number = std::get_if<std::int64_t>(&answer.value))
        sheet.number(*number);
    else if (const auto* text = std::get_if<std::string>(&answer.value))
        sheet.text(*text);
    else
        sheet.text("");
    sheet.text(
        std::string(labels ? status_label(answer.status, Language::Ja) : name_of(answer.status)));
}

}  // namespace

struct XlsxBook::Book {
    Book(const std::filesystem::path& path, const Pack& used_pack)
        : pack(used_pack), folder(path.parent_path().string()) {
        lxw_workbook_options options = {};
        options.constant_memory = LXW_TRUE;
        options.use_zip64 = LXW_TRUE;
        if (!folder.empty()) options.tmpdir = folder.data();
        book = workbook_new_opt(path.c_str(), &options);
        formats = xlsx_formats(book);
    }
    XlsxSheet& add(const std::string& name) { return sheets.emplace_back(book, name, formats); }

    void add_notes(const Evaluation& evaluation, const std::string& version);
    void add_indicators(const Evaluation& evaluation, const VerdictTable* table);
    void add_chart(XlsxSheet& sheet, lxw_row_t last_row);
    void add_questions(const Evaluation& evaluation);
    void add_crosses(const Evaluation& evaluation);
    void add_composition(const Evaluation& evaluation);
    void add_codebook();
    void begin_responses();
    void write_response(XlsxSheet& sheet, const std::string& id, const Response& r, bool labels);

    const Pack& pack;
    std::string folder;
    lxw_workbook* book = nullptr;
    XlsxFormats formats;
    std::list<XlsxSheet> sheets;
    XlsxSheet* codes = nullptr;
    XlsxSheet* labels = nullptr;
    int parts = 0;
};

void XlsxBook::Book::add_notes(const Evaluation& evaluation, const std::string& version) {
    XlsxSheet& sheet = add("説明");
    sheet.width(0, 0, 24);
    sheet.width(1, 1, 90);
    const auto row = [&](const std::string& what, const std::string& text) {
        sheet.text(what);
        sheet.text(text);
        sheet.end_row();
    };
    const DisclosureRule& rule = evaluation.rules.disclosure;
    row("内容", label_in(pack.plan.title, Language::Ja));
    row("注意", std::string(kRespondentsNoteJa));
    row("調査方法", "キオスク");
    row("回答数", std::to_string(evaluation.responses));
    row("除いた回答", std::to_string(evaluation.left_out));
    row("ほかの版への回答", std::to_string(evaluation.other_versions) + "(数えません)");
    row("期間", evaluation.first_day + " – " + evaluation.last_day);
    row("参考値", fmt::format("回答者数が{}人未満の割合は参考値です。", rule.reference_base));
    row("非表示", fmt::format("{}人未満の集団と{}人未満の欄、それを計算できる欄は空欄です。",
                              rule.minimum_base, rule.minimum_cell));
    row("四捨五入",
        "割合は小数点以下を四捨五入しているため、合計が100%にならないことがあります。"
        "複数回答は100%を超えることがあります。");
    row("標本誤差", "回答者は無作為に選ばれた人ではないため、標本誤差(±)は示しません。");
    row("パック", pack.plan.id + " " + pack.hash);
    row("ソフトウェア", "machikoe " + version);
}

void XlsxBook::Book::add_indicators(const Evaluation& evaluation, const VerdictTable* table) {
    XlsxSheet& sheet = add("指標");
    sheet.width(0, 0, 22);
    sheet.width(1, 1, 60);
    sheet.width(2, 9, 13);
    sheet.head({"指標", "内容", "回答者の割合(%)", "目標(%)", "回答者数 n", "該当", "参考値",
                "前回(%)", "前回の調査方法", "区の記録", "判定", "達成状況"});
    for (const IndicatorFigure& figure : evaluation.figures) {
        const IndicatorDefinition& definition = figure.definition;
        sheet.text(definition.id);
        sheet.text(label_in(definition.label, Language::Ja));
        sheet.percent(figure.share);
        sheet.percent(definition.target_percent);
        sheet.number(figure.n);
        sheet.number(figure.share ? std::optional(figure.counted) : std::nullopt);
        sheet.text(figure.reference_only && figure.share ? "参考値" : "");
        sheet.percent(definition.previous_percent);
        sheet.text(definition.previous_mode);
        sheet.number(figure.reported);
        sheet.text(figure.reason == NoVerdict::HasVerdict
                       ? (figure.verdict == Verdict::Achieved ? "達成" : "未達成")
                   : definition.target_kind == TargetKind::NoneGiven ? std::string(kNoTargetJa)
                                                                     : "判定なし");
        const VerdictCode* code = table ? code_for(figure, *table) : nullptr;
        sheet.text(code ? code->code + (table->achievement.confirmed
                                            ? ""
                                            : "(" + std::string(kUnconfirmedJa) + ")")
                        : "");
        sheet.end_row();
    }
    if (sheet.row() > 1) add_chart(sheet, sheet.row() - 1);
}

void XlsxBook::Book::add_chart(XlsxSheet& sheet, lxw_row_t last_row) {
    lxw_chart* chart = workbook_add_chart(book, LXW_CHART_BAR);
    const auto range = [&](char column) {
        return fmt::format("='指標'!${0}$2:${0}${1}", column, last_row + 1);
    };
    const std::string names = range('A');
    for (const auto& [column, name] : {std::pair{'C', "回答者の割合(%)"}, {'D', "目標(%)"}}) {
        lxw_chart_series* series = chart_add_series(chart, names.c_str(), range(column).c_str());
        chart_series_set_name(series, name);
    }
    chart_title_set_name(chart, "回答者の割合と目標");
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, 100);
    chart_axis_set_reverse(chart->y_axis);
    lxw_chart_options options = {};
    options.x_scale = 1.6;
    options.y_scale = 1.6;
    worksheet_insert_chart_opt(sheet.sheet(), last_row + 2, 1, chart, &options);
}

void XlsxBook::Book::add_questions(const Evaluation& evaluation) {
    XlsxSheet& sheet = add("単純集計");
    sheet.width(0, 0, 12);
    sheet.width(1, 2, 44);
    sheet.head({"質問", "質問文", "選択肢", "回答者数 n", "人数", "割合(%)", "参考値・非表示"});
    for_each_table_row(evaluation, pack, [&](const TableRow& row) {
        if (!row.by.empty()) return;
        sheet.text(std::string(row.question));
        sheet.text(question_label(pack, row.question, Language::Ja));
        sheet.text(row.option.empty() ? "(" + std::string(row.kind) + ")"
                                      : option_label(pack, row.question, row.option, Language::Ja));
        sheet.number(row.base);
        sheet.number(row.count);
        sheet.percent(row.share);
        sheet.text(row.hidden ? "非表示" : row.reference_only ? "参考値" : "");
        sheet.end_row();
    });
}

void XlsxBook::Book::add_crosses(const Evaluation& evaluation) {
    XlsxSheet& sheet = add("クロス集計");
    sheet.width(0, 0, 12);
    sheet.width(1, 4, 30);
    sheet.head({"質問", "質問文", "属性", "区分", "選択肢", "回答者数 n", "人数", "割合(%)",
                "参考値・非表示"});
    for_each_table_row(evaluation, pack, [&](const TableRow& row) {
        if (row.by.empty()) return;
        sheet.text(std::string(row.question));
        sheet.text(question_label(pack, row.question, Language::Ja));
        sheet.text(variable_label(pack, row.by, Language::Ja));
        sheet.text(group_label(pack, row.by, row.group, Language::Ja));
        sheet.text(option_label(pack, row.question, row.option, Language::Ja));
        sheet.number(row.base);
        sheet.number(row.count);
        sheet.percent(row.share);
        sheet.text(row.hidden ? "非表示" : row.reference_only ? "参考値" : "");
        sheet.end_row();
    });
}

void XlsxBook::Book::add_composition(const Evaluation& evaluation) {
    XlsxSheet& sheet = add("回答者属性");
    sheet.width(0, 1, 36);
    sheet.head({"属性", "区分", "人数", "構成比(%)", "住民基本台帳の構成比(%)"});
    for (const Composition& composition : evaluation.composition)
        for (const CompositionRow& row : composition.rows) {
            sheet.text(variable_label(pack, composition.variable.id, Language::Ja));
            sheet.text(group_label(pack, composition.variable.id, row.group, Language::Ja));
            sheet.number(row.count);
            sheet.percent(row.share);
            sheet.percent(row.register_share);
            sheet.end_row();
        }
}

void XlsxBook::Book::add_codebook() {
    XlsxSheet& sheet = add("コードブック");
    sheet.width(0, 1, 20);
    sheet.width(2, 8, 40);
    std::vector<std::string> columns = {"変数", "コード"};
    for (const Language language : pack.plan.languages) columns.emplace_back(tag_of(language));
    sheet.head(columns);
    const auto row = [&](const std::string& name, const std::string& code, const Text& label) {
        sheet.text(name);
        sheet.text(code);
        for (const Language language : pack.plan.languages) sheet.text(label_in(label, language));
        sheet.end_row();
    };
    for (const Variable& variable : variables_of(pack)) {
        row(variable.name, "", variable.label);
        for (const VariableValue& value : variable.values)
            row(variable.name, value.code, value.label);
    }
}

void XlsxBook::Book::begin_responses() {
    const std::string part = ++parts == 1 ? "" : std::to_string(parts);
    codes = &add("回答(値)" + part);
    labels = &add("回答(ラベル)" + part);
    std::vector<std::string> columns, words;
    for (const Variable& variable : variables_of(pack)) {
        if (!variable.option.empty()) continue;
        columns.push_back(variable.name);
        words.push_back(variable.is_status ? "状態" : label_in(variable.label, Language::Ja));
    }
    codes->head(columns);
    labels->head(words);
}

void XlsxBook::Book::write_response(XlsxSheet& sheet, const std::string& id, const Response& r,
                                    bool words) {
    const auto flag = [&](bool value) { sheet.number(std::int64_t{value}); };
    sheet.text(id);
    sheet.text(r.pack_id);
    sheet.text(r.pack_hash);
    sheet.text(r.site);
    sheet.text(r.event);
    sheet.text(std::string(words ? universe_label(r.universe, Language::Ja) : name_of(r.universe)));
    sheet.text(std::string(name_of(r.mode)));
    sheet.text(r.when.day);
    sheet.number(r.when.hour >= 0 ? std::optional<std::int64_t>(r.when.hour) : std::nullopt);
    sheet.text(std::string(tag_of(r.language)));
    sheet.number(std::int64_t{r.duration_s});
    sheet.text(joined(r.issues_opened, " "));
    sheet.text(std::string(name_of(r.length)));
    sheet.text(std::string(name_of(r.assistance)));
    flag(r.hurried);
    flag(r.repeated);
    flag(flags_of(pack, r).contains(QualityFlag::StraightLine));
    sheet.text(joined(r.abandoned, " "));
    static const Answer kNoAnswer;
    for (const Question& question : pack.survey.questions) {
        if (question.type == QuestionType::Note) continue;
        const auto found = r.answers.find(question.id);
        write_answer(sheet, question, found == r.answers.end() ? kNoAnswer : found->second, words);
    }
    sheet.end_row();
}

XlsxBook::XlsxBook(const std::filesystem::path& path, const Pack& pack)
    : book_(std::make_unique<Book>(path, pack)) {}

XlsxBook::~XlsxBook() {
    // Never finished: what was begun is closed and is nobody's file.
    if (book_->book != nullptr) workbook_close(book_->book);
}

void XlsxBook::add_evaluation(const Evaluation& evaluation, const VerdictTable* table,
                              const std::string& version) {
    book_->add_notes(evaluation, version);
    book_->add_indicators(evaluation, table);
    book_->add_questions(evaluation);
    book_->add_crosses(evaluation);
    book_->add_composition(evaluation);
    book_->add_codebook();
}

void XlsxBook::add_response(const std::string& id, const Response& response) {
    if (book_->codes == nullptr || book_->codes->row() >= kRowsOfASheet) book_->begin_responses();
    book_->write_response(*book_->codes, id, response, false);
    book_->write_response(*book_->labels, id, response, true);
}

Status XlsxBook::finish() {
    bool failed = false;
    for (const XlsxSheet& sheet : book_->sheets) failed |= sheet.has_failed();
    const lxw_error error = workbook_close(std::exchange(book_->book, nullptr));
    if (error != LXW_NO_ERROR)
        return fail(ErrorCode::Unavailable, std::string("workbook: ") + lxw_strerror(error));
    if (failed) return fail(ErrorCode::Unavailable, "workbook: a cell could not be written");
    return {};
}

}  // namespace machikoe
