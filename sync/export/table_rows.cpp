#include "sync/export/table_rows.h"

namespace machikoe {
namespace {

using Visit = std::function<void(const TableRow&)>;

void set_count(TableRow& row, std::optional<std::int64_t> base, std::optional<std::int64_t> count) {
    row.base = base;
    row.count = count;
    row.share.reset();
    row.hidden = !base || !count;
    if (base && count && *base > 0) row.share = rounded_percent(*count, *base, 1);
}

void visit_question(const QuestionTable& table, const Question& question, const Visit& visit) {
    TableRow row;
    row.question = table.question;
    row.reference_only = table.reference_only;
    row.kind = "option";
    for (std::size_t i = 0; i < question.options.size(); ++i) {
        row.option = question.options[i].id;
        set_count(row, table.answered, table.by_option[i]);
        visit(row);
    }
    row.option = "";
    // Not a part of those who answered, so no share of them.
    const auto plain = [&](std::string_view kind, const std::optional<std::int64_t>& count) {
        row.kind = kind;
        row.count = count;
        row.share.reset();
        row.hidden = !count;
        visit(row);
    };
    plain("skipped", table.skipped);
    plain("refused", table.refused);
    plain("not-shown", table.not_shown);
    plain("not-asked", table.not_asked);
    if (question.type != QuestionType::Number) return;
    for (const auto& [kind, value] : {std::pair{"mean", table.mean}, {"median", table.median}}) {
        row.kind = kind;
        row.count.reset();
        row.share = value;
        row.hidden = !value;
        visit(row);
    }
}

void visit_cross(const CrossTable& table, const Question& question, const DisclosureRule& rule,
                 const Visit& visit) {
    for (std::size_t o = 0; o < question.options.size(); ++o)
        for (std::size_t g = 0; g < table.by.groups.size(); ++g) {
            TableRow row;
            row.question = table.question;
            row.kind = "option";
            row.option = question.options[o].id;
            row.by = table.by.id;
            row.group = table.by.groups[g];
            set_count(row, table.bases[g], table.counts[o][g]);
            row.reference_only = table.bases[g] && *table.bases[g] < rule.reference_base;
            visit(row);
        }
}

}  // namespace

void for_each_table_row(const Evaluation& evaluation, const Pack& pack, const Visit& visit) {
    auto cross = evaluation.crosses.begin();
    for (const QuestionTable& table : evaluation.questions) {
        const Question* question = pack.survey.question(table.question);
        if (question == nullptr) continue;
        visit_question(table, *question, visit);
        for (; cross != evaluation.crosses.end() && cross->question == table.question; ++cross)
            visit_cross(*cross, *question, evaluation.rules.disclosure, visit);
    }
}

}  // namespace machikoe
