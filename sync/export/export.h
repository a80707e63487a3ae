// Export: responses and indicators as files that other programs open.
//
// CSV is RFC 4180 with CRLF, UTF-8 with BOM (Excel in Japan guesses wrong without), one
// header row, and text that a spreadsheet could take for a formula is prefixed with '.
// docs/export.md lists the columns.
//
// Everything about indicators says that it is about respondents, and leaves out every count
// of an indicator whose base is too small.  Nothing here checks the stream: the caller does,
// once, at the end.
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "sync/indicators/evaluation.h"

namespace machikoe {

/// Said wherever a share is shown.
inline constexpr std::string_view kRespondentsNoteJa =
    "回答者の割合です。区民全体の割合ではありません。";
inline constexpr std::string_view kRespondentsNoteEn =
    "Shares of the people who answered at the kiosk, not of all residents.";
inline constexpr std::string_view kNoTargetJa = "目標値の記載なし";
inline constexpr std::string_view kNoTargetEn = "no target value given";

enum class ResponseColumns {
    All,
    NoParadata,    // without how it was answered
    OnlyParadata,  // the id, and how it was answered
};

/// One row per response, streaming.  A Multiple or Ranking question has a column per option
/// (1/0, or the rank) beside the raw value.
class ResponseCsv {
  public:
    /// Writes BOM and header.
    ResponseCsv(std::ostream& out, const Pack& pack,
                ResponseColumns columns = ResponseColumns::All);
    /// REQUIRES: the response belongs to this very version of the pack.
    void write(const std::string& id, const Response& response);

  private:
    std::ostream& out_;
    const Pack& pack_;
    ResponseColumns columns_;
};

void write_indicator_csv(std::ostream& out, const Pack& pack,
                         const std::vector<IndicatorFigure>& figures);
/// Counts and shares of every question and cross table, a cell a row; empty where hidden.
void write_table_csv(std::ostream& out, const Pack& pack, const Evaluation& evaluation);
void write_composition_csv(std::ostream& out, const Pack& pack, const WardData& data,
                           const Evaluation& evaluation);
void write_weighting_csv(std::ostream& out, const Evaluation& evaluation);
void write_quality_csv(std::ostream& out, const Evaluation& evaluation);
/// All of that and the indicators, an object a line.
void write_evaluation_jsonl(std::ostream& out, const Pack& pack, const Evaluation& evaluation);
/// One response as a line, with the members of docs/export.md.
void write_response_jsonl(std::ostream& out, const std::string& id, const Response& response);
nlohmann::ordered_json indicator_as_json(const IndicatorFigure& figure);

/// {"indicators": [{"id", "issue", "universe", "n", "share", "target", "verdict", …}], …}
/// `other_versions`: IndicatorCounter::other_versions().
std::string indicator_json(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                           std::int64_t responses, std::int64_t other_versions);
/// For a terminal; East Asian width respected.  Words in Japanese or English, labels in
/// `language`.
std::string indicator_table(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                            Language language);

}  // namespace machikoe
