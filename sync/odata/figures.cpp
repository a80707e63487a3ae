#include "sync/odata/figures.h"

#include "sync/export/labels.h"
#include "sync/export/table_rows.h"

namespace machikoe::odata {
namespace {

/// In the order of figure_columns().
enum Place : std::size_t {
    kId,
    kKind,
    kIssue,
    kIssueText,
    kIndicator,
    kIndicatorText,
    kQuestion,
    kQuestionText,
    kOption,
    kOptionText,
    kVariable,
    kVariableText,
    kGroup,
    kGroupText,
    kUniverse,
    kOfficial,
    kBase,
    kCount,
    kShare,
    kValue,
    kTarget,
    kPrevious,
    kVerdict,
    kReason,
    kHidden,
    kReferenceOnly,
    kMode,
    kFiscalYear,
    kFirstDay,
    kLastDay,
    kPack,
    kPackHash,
    kColumns
};

template <class T>
Value or_null(const std::optional<T>& value) {
    return value ? Value(*value) : Value();
}

Value text_or_null(std::string_view text) {
    return text.empty() ? Value() : Value(std::string(text));
}

class Writer {
  public:
    Writer(const Pack& pack, const Evaluation& evaluation) : pack_(pack), evaluation_(evaluation) {}

    Table write() {
        for (const IndicatorFigure& figure : evaluation_.figures) add(figure);
        for (const Breakdown& breakdown : evaluation_.breakdowns) add(breakdown);
        for_each_table_row(evaluation_, pack_, [this](const TableRow& row) { add(row); });
        return std::move(table_);
    }

  private:
    Row begin(std::string id, std::string kind) const {
        Row row(kColumns);
        row[kId] = std::move(id);
        row[kKind] = std::move(kind);
        row[kHidden] = false;
        row[kMode] = std::string("kiosk");
        row[kFiscalYear] = pack_.plan.fiscal_year;
        row[kFirstDay] = text_or_null(evaluation_.first_day);
        row[kLastDay] = text_or_null(evaluation_.last_day);
        row[kPack] = pack_.plan.id;
        row[kPackHash] = pack_.hash;
        return row;
    }
    void set_question(Row& row, std::string_view id) const {
        row[kQuestion] = text_or_null(id);
        if (!id.empty()) row[kQuestionText] = question_label(pack_, id, Language::Ja);
    }
    void set_issue(Row& row, std::string_view id) const {
        row[kIssue] = text_or_null(id);
        for (const Issue& issue : pack_.plan.issues)
            if (issue.id == id) row[kIssueText] = label_of(issue.short_title, Language::Ja);
    }
    void set_indicator(Row& row, const IndicatorDefinition& definition) const {
        set_issue(row, definition.issue);
        row[kIndicator] = definition.id;
        row[kIndicatorText] = label_of(definition.label, Language::Ja);
        set_question(row, definition.question);
        row[kUniverse] = std::string(name_of(definition.universe));
        row[kOfficial] = definition.official;
    }
    void add(const IndicatorFigure& figure) {
        const IndicatorDefinition& definition = figure.definition;
        Row row = begin("indicator." + definition.id, "indicator");
        set_indicator(row, definition);
        // As the file indicators.csv: n is always told, the rest only with a share.
        row[kBase] = figure.n;
        if (figure.share) row[kCount] = figure.counted;
        row[kShare] = or_null(figure.share);
        row[kTarget] = or_null(definition.target_percent);
        row[kPrevious] = or_null(definition.previous_percent);
        row[kVerdict] = std::string(name_of(figure.verdict));
        row[kReason] = std::string(name_of(figure.reason));
        row[kHidden] = !figure.share && is_share(definition.target_kind);
        row[kReferenceOnly] = figure.reference_only;
        table_.rows.push_back(std::move(row));
    }
    /// `about`: "responses", or "indicator." and its id.
    Row begin_group(const std::string& about, std::string kind, const Breakdown& breakdown,
                    const std::string& group) const {
        const std::string by(name_of(breakdown.by));
        // A place may be called "-": it gets another.
        std::string told = group.starts_with('-') ? "-" + group : group;
        if (group.empty()) told = "-";
        Row row = begin(about + "." + by + "." + told, std::move(kind));
        row[kVariable] = by;
        row[kGroup] = text_or_null(group);
        row[kGroupText] = text_or_null(group);
        return row;
    }
    void add(const Breakdown& breakdown) {
        for (std::size_t g = 0; g < breakdown.groups.size(); ++g) {
            const std::string& group = breakdown.groups[g];
            Row all = begin_group("responses", "responses", breakdown, group);
            all[kCount] = or_null(breakdown.responses[g]);
            all[kHidden] = !breakdown.responses[g].has_value();
            table_.rows.push_back(std::move(all));
            for (const IndicatorBreakdown& indicator : breakdown.indicators) {
                Row row =
                    begin_group("indicator." + indicator.indicator, "indicator", breakdown, group);
                for (const IndicatorFigure& figure : evaluation_.figures)
                    if (figure.definition.id == indicator.indicator)
                        set_indicator(row, figure.definition);
                row[kBase] = or_null(indicator.n[g]);
                row[kShare] = or_null(indicator.share[g]);
                row[kHidden] = !indicator.share[g].has_value();
                table_.rows.push_back(std::move(row));
            }
        }
    }
    void add(const TableRow& cell) {
        const bool is_option = cell.kind == "option";
        const std::string kind = is_option ? "answer" : std::string(cell.kind);
        std::string id = kind + "." + std::string(cell.question);
        if (is_option) id += "." + std::string(cell.option);
        // No option and no group is called "-".
        if (!cell.by.empty())
            id += "." + std::string(cell.by) + "." +
                  (cell.group.empty() ? "-" : std::string(cell.group));
        Row row = begin(std::move(id), kind);
        const Question* question = pack_.survey.question(cell.question);
        if (question && question->section != kAboutSection) set_issue(row, question->section);
        set_question(row, cell.question);
        if (is_option) {
            row[kOption] = std::string(cell.option);
            row[kOptionText] = option_label(pack_, cell.question, cell.option, Language::Ja);
        }
        if (!cell.by.empty()) {
            row[kVariable] = std::string(cell.by);
            row[kVariableText] = variable_label(pack_, cell.by, Language::Ja);
            row[kGroup] = text_or_null(cell.group);
            row[kGroupText] = group_label(pack_, cell.by, cell.group, Language::Ja);
        }
        const bool is_value = cell.kind == "mean" || cell.kind == "median";
        row[kBase] = or_null(cell.base);
        row[kCount] = or_null(cell.count);
        row[is_value ? kValue : kShare] = or_null(cell.share);
        row[kHidden] = cell.hidden;
        row[kReferenceOnly] = cell.reference_only;
        table_.rows.push_back(std::move(row));
    }

    const Pack& pack_;
    const Evaluation& evaluation_;
    Table table_ = figure_columns();
};

}  // namespace

Table figure_columns() {
    constexpr Type kText = Type::String, kTruth = Type::Boolean;
    const std::vector<Column> columns = {
        {"Id"},
        {"Kind"},
        {"Issue"},
        {"IssueText"},
        {"Indicator"},
        {"IndicatorText"},
        {"Question"},
        {"QuestionText"},
        {"Option"},
        {"OptionText"},
        {"Variable"},
        {"VariableText"},
        {"Group"},
        {"GroupText"},
        {"Universe"},
        {"Official", kTruth},
        {"Base", Type::Int32, Use::Figure},
        {"Count", Type::Int32, Use::Figure},
        {"Share", Type::Double, Use::Figure},
        {"Value", Type::Double, Use::Figure},
        {"Target", Type::Double, Use::Figure},
        {"Previous", Type::Double, Use::Figure},
        {"Verdict", kText},
        {"Reason", kText},
        {"Hidden", kTruth},
        {"ReferenceOnly", kTruth},
        {"Mode"},
        {"FiscalYear"},
        {"FirstDay"},
        {"LastDay"},
        {"Pack"},
        {"PackHash"},
    };
    return {columns, {}};
}

Table figures(const Pack& pack, const Evaluation& evaluation) {
    return Writer(pack, evaluation).write();
}

}  // namespace machikoe::odata
