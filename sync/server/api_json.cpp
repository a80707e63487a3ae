#include "sync/server/api_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/export/export.h"
#include "sync/export/labels.h"
#include "sync/pages/kiosk_watch.h"
#include "sync/server/log_lines.h"

namespace machikoe {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json words(const Text& text) {
    return {{"ja", label_in(text, Language::Ja)}, {"en", label_in(text, Language::En)}};
}

Json time_or_null(const std::optional<Milliseconds>& time) {
    return time ? Json(rfc3339(*time)) : Json(nullptr);
}

/// What stands at the head of every answer about figures.
Json head(const ApiFigures& figures) {
    const Evaluation& evaluation = figures.evaluation;
    Json json;
    json["generated_from"] = evaluation.responses;
    json["provenance"] = {{"pack", {{"id", figures.pack.plan.id}, {"hash", figures.pack.hash}}},
                          {"fiscal_year", figures.pack.plan.fiscal_year},
                          {"mode", "kiosk"},
                          {"first_day", evaluation.first_day},
                          {"last_day", evaluation.last_day},
                          {"left_out", evaluation.left_out},
                          {"other_versions", evaluation.other_versions},
                          {"minimum_base", evaluation.rules.disclosure.minimum_base},
                          {"minimum_cell", evaluation.rules.disclosure.minimum_cell},
                          {"software", figures.version}};
    json["note"] = {{"ja", kRespondentsNoteJa}, {"en", kRespondentsNoteEn}};
    return json;
}

Json share_of(const std::optional<std::int64_t>& count, const std::optional<std::int64_t>& base) {
    if (!count || !base || *base <= 0) return nullptr;
    return rounded_percent(*count, *base, 1);
}

Json question_head(const Question& question) {
    return {{"id", question.id}, {"section", question.section}, {"text", words(question.text)}};
}

Json counts_json(const QuestionTable& table, const Question& question) {
    Json json{{"answered", table.answered},
              {"skipped", or_null(table.skipped)},
              {"refused", or_null(table.refused)},
              {"not_shown", or_null(table.not_shown)},
              {"not_asked", or_null(table.not_asked)},
              {"mean", or_null(table.mean)},
              {"median", or_null(table.median)},
              {"shown", table.shown},
              {"reference_only", table.reference_only},
              {"options", Json::array()}};
    for (std::size_t i = 0; i < question.options.size(); ++i)
        json["options"].push_back({{"id", question.options[i].id},
                                   {"label", words(question.options[i].label)},
                                   {"count", or_null(table.by_option[i])},
                                   {"share", share_of(table.by_option[i], table.answered)}});
    return json;
}

Json label_pair(const Pack& pack, std::string_view variable, std::string_view group) {
    return {{"ja", group_label(pack, variable, group, Language::Ja)},
            {"en", group_label(pack, variable, group, Language::En)}};
}

Json cross_json(const Pack& pack, const CrossTable& table, const Question& question) {
    const std::string& by = table.by.id;
    Json json{{"by", by},
              {"label",
               {{"ja", variable_label(pack, by, Language::Ja)},
                {"en", variable_label(pack, by, Language::En)}}},
              {"has_hidden", table.has_hidden},
              {"groups", Json::array()}};
    for (std::size_t g = 0; g < table.by.groups.size(); ++g) {
        Json group{{"id", table.by.groups[g]},
                   {"label", label_pair(pack, by, table.by.groups[g])},
                   {"base", or_null(table.bases[g])},
                   {"options", Json::array()}};
        for (std::size_t o = 0; o < question.options.size(); ++o)
            group["options"].push_back({{"id", question.options[o].id},
                                        {"count", or_null(table.counts[o][g])},
                                        {"share", share_of(table.counts[o][g], table.bases[g])}});
        json["groups"].push_back(std::move(group));
    }
    return json;
}

Json kiosk_json(const KioskRow& kiosk, const std::string& version, Milliseconds now) {
    const KioskState state = state_of(kiosk, version, now);
    Json json{{"id", kiosk.id},
              {"name", kiosk.name},
              {"site", kiosk.site},
              {"revoked", kiosk.revoked},
              {"well", state.is_well()},
              {"silent", state.is_silent},
              {"enrolled", rfc3339(kiosk.enrolled)},
              {"last_seen", time_or_null(state.heard)},
              {"highest_sequence", kiosk.highest_sequence},
              {"held", kiosk.held},
              {"health", nullptr}};
    if (!state.told) return json;
    const Health& health = state.told->health;
    json["health"] = {{"version", health.version},
                      {"unsent", health.unsent},
                      {"oldest_unsent", time_or_null(health.oldest_unsent)},
                      {"free_mb", or_null(health.free_mb)},
                      {"clock_skew_s", state.told->clock_skew_s},
                      {"at", rfc3339(state.told->at)}};
    return json;
}

}  // namespace

std::string ward_json(const ApiFigures& figures) {
    const Plan& plan = figures.pack.plan;
    Json json = head(figures);
    json["ward"] = words(plan.ward);
    json["title"] = words(plan.title);
    json["municipality_code"] = plan.municipality_code;
    json["languages"] = Json::array();
    for (const Language language : plan.languages) json["languages"].push_back(tag_of(language));
    json["issues"] = Json::array();
    for (const Issue& issue : plan.issues)
        json["issues"].push_back(
            {{"id", issue.id}, {"number", issue.number}, {"title", words(issue.short_title)}});
    return text_of(json);
}

std::string indicators_json(const ApiFigures& figures) {
    Json json = head(figures);
    json["indicators"] = Json::array();
    for (const IndicatorFigure& figure : figures.evaluation.figures)
        json["indicators"].push_back(indicator_as_json(figure));
    return text_of(json);
}

std::optional<std::string> indicator_json(const ApiFigures& figures, const std::string& id) {
    for (const IndicatorFigure& figure : figures.evaluation.figures) {
        if (figure.definition.id != id) continue;
        Json json = head(figures);
        json["indicator"] = indicator_as_json(figure);
        return text_of(json);
    }
    return std::nullopt;
}

std::string breakdowns_json(const ApiFigures& figures) {
    Json json = head(figures);
    json["breakdowns"] = Json::array();
    for (const Breakdown& breakdown : figures.evaluation.breakdowns) {
        Json one{{"by", name_of(breakdown.by)},
                 {"has_hidden", breakdown.has_hidden},
                 {"groups", Json::array()}};
        for (std::size_t g = 0; g < breakdown.groups.size(); ++g) {
            Json group{{"id", breakdown.groups[g]},
                       {"responses", or_null(breakdown.responses[g])},
                       {"indicators", Json::array()}};
            for (const IndicatorBreakdown& indicator : breakdown.indicators)
                group["indicators"].push_back({{"id", indicator.indicator},
                                               {"n", or_null(indicator.n[g])},
                                               {"share", or_null(indicator.share[g])}});
            one["groups"].push_back(std::move(group));
        }
        json["breakdowns"].push_back(std::move(one));
    }
    return text_of(json);
}

std::string questions_json(const ApiFigures& figures) {
    Json json = head(figures);
    json["questions"] = Json::array();
    for (const QuestionTable& table : figures.evaluation.questions) {
        const Question* question = figures.pack.survey.question(table.question);
        if (!question) continue;
        Json one = question_head(*question);
        one["answered"] = table.answered;
        one["shown"] = table.shown;
        one["reference_only"] = table.reference_only;
        json["questions"].push_back(std::move(one));
    }
    return text_of(json);
}

std::optional<std::string> question_json(const ApiFigures& figures, const std::string& id) {
    const Evaluation& evaluation = figures.evaluation;
    const Question* question = figures.pack.survey.question(id);
    const auto table = std::ranges::find(evaluation.questions, id, &QuestionTable::question);
    if (!question || table == evaluation.questions.end()) return std::nullopt;
    Json json = head(figures);
    json["question"] = question_head(*question);
    json["counts"] = counts_json(*table, *question);
    json["cross_tables"] = Json::array();
    for (const CrossTable& cross : evaluation.crosses)
        if (cross.question == id)
            json["cross_tables"].push_back(cross_json(figures.pack, cross, *question));
    return text_of(json);
}

std::string composition_json(const ApiFigures& figures) {
    Json json = head(figures);
    json["composition"] = Json::array();
    for (const Composition& composition : figures.evaluation.composition) {
        const std::string& id = composition.variable.id;
        Json one{{"variable", id},
                 {"label",
                  {{"ja", variable_label(figures.pack, id, Language::Ja)},
                   {"en", variable_label(figures.pack, id, Language::En)}}},
                 {"groups", Json::array()}};
        for (const CompositionRow& row : composition.rows)
            one["groups"].push_back({{"id", row.group},
                                     {"label", label_pair(figures.pack, id, row.group)},
                                     {"count", or_null(row.count)},
                                     {"share", or_null(row.share)},
                                     {"register_share", or_null(row.register_share)}});
        json["composition"].push_back(std::move(one));
    }
    return text_of(json);
}

std::string kiosks_json(const std::vector<KioskRow>& kiosks, const Counts& counts,
                        const std::string& version, Milliseconds now) {
    Json json;
    json["counts"] = {{"responses", counts.responses},     {"waiting", counts.waiting},
                      {"openings", counts.openings},       {"ledger", counts.ledger},
                      {"quarantined", counts.quarantined}, {"conflicts", counts.conflicts}};
    json["kiosks"] = Json::array();
    for (const KioskRow& kiosk : kiosks) json["kiosks"].push_back(kiosk_json(kiosk, version, now));
    return text_of(json);
}

}  // namespace machikoe
