#include "sync/pages/figure_words.h"

#include <fmt/format.h>

#include "sync/export/export.h"
#include "sync/export/labels.h"

namespace machikoe {

std::string percent(double share, int decimals) {
    return fmt::format("{:.{}f} %", share, decimals);
}

Markup count_cell(const std::optional<std::int64_t>& count) {
    return text(count ? number(*count) : std::string(kHidden));
}

std::string target_words(const Reader& reader, const IndicatorDefinition& definition) {
    const std::string_view way = definition.direction == Direction::Down
                                     ? word(reader, "以下", "at most ")
                                     : word(reader, "以上", "at least ");
    const bool is_ja = reader.language == Language::Ja;
    const auto join = [&](const std::string& what) {
        return is_ja ? what + std::string(way) : std::string(way) + what;
    };
    switch (definition.target_kind) {
        case TargetKind::AtLeastPercent:
            if (!definition.target_percent) break;
            return join(percent(*definition.target_percent, definition.decimals));
        case TargetKind::AtLeastPrevious:
            return join(std::string(word(reader, "前年度実績", "the year before")));
        case TargetKind::CumulativeCount:
            return join(number(definition.target_count));
        case TargetKind::AllAreas:
            return fmt::format(fmt::runtime(word(reader, "全{}地域", "all {} areas")),
                               definition.target_count);
        case TargetKind::NotMeasurable:
            return std::string(word(reader, "測れない目標", "not measurable here"));
        case TargetKind::NoneGiven:
            break;
    }
    return std::string(word(reader, kNoTargetJa, kNoTargetEn));
}

std::string verdict_words(const Reader& reader, const IndicatorFigure& figure) {
    switch (figure.verdict) {
        case Verdict::Achieved:
            return std::string(word(reader, "達成", "reached"));
        case Verdict::NotAchieved:
            return std::string(word(reader, "未達成", "not reached"));
        case Verdict::None:
            break;
    }
    return "—";
}

std::string reason_words(const Reader& reader, const IndicatorFigure& figure) {
    switch (figure.reason) {
        case NoVerdict::HasVerdict:
            break;
        case NoVerdict::NoTargetGiven:
            return std::string(word(reader, "方針に目標値の記載がありません。",
                                    "The policy names no target value."));
        case NoVerdict::BaseTooSmall:
            return fmt::format(fmt::runtime(word(reader, "回答者が {} 人未満です。",
                                                 "Fewer than {} people answered.")),
                               figure.definition.minimum_base);
        case NoVerdict::NotComparable:
            return std::string(word(reader, "前回とは調べ方が違うため、比べられません。",
                                    "The figure before was measured in another way."));
        case NoVerdict::NotMeasurableHere:
            return std::string(word(reader, "この目標は、回答からも報告からも測れません。",
                                    "Neither answers nor reports measure this target."));
        case NoVerdict::NothingReported:
            return std::string(word(reader, "区からの報告がまだありません。",
                                    "The office has reported nothing yet."));
    }
    return "";
}

std::string indicator_wording(const Reader& reader, const IndicatorDefinition& definition) {
    return definition.official && reader.language == Language::Ja
               ? definition.official_wording
               : label_of(definition.label, reader.language);
}

std::string share_words(const IndicatorFigure& figure) {
    if (figure.share) return percent(*figure.share, figure.definition.decimals);
    return figure.reported ? number(*figure.reported) : "—";
}

std::string base_words(const Reader& reader, const IndicatorFigure& figure) {
    if (figure.reason == NoVerdict::BaseTooSmall)
        return fmt::format(fmt::runtime(word(reader, "{} 人未満", "under {}")),
                           figure.definition.minimum_base);
    return is_share(figure.definition.target_kind) ? number(figure.n) : "—";
}

}  // namespace machikoe
