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
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "sync/indicators/indicators.h"

namespace machikoe {

/// Said wherever a share is shown.
inline constexpr std::string_view kRespondentsNoteJa =
    "回答者の割合です。区民全体の割合ではありません。";
inline constexpr std::string_view kRespondentsNoteEn =
    "Shares of the people who answered at the kiosk, not of all residents.";
inline constexpr std::string_view kNoTargetJa = "目標値の記載なし";
inline constexpr std::string_view kNoTargetEn = "no target value given";

/// One row per response, streaming.  A Multiple or Ranking question has a column per option
/// (1/0, or the rank) beside the raw value.
class ResponseCsv {
  public:
    ResponseCsv(std::ostream& out, const Pack& pack);  // writes BOM and header
    /// REQUIRES: the response belongs to this very version of the pack.
    void write(const std::string& id, const Response& response);

  private:
    std::ostream& out_;
    const Pack& pack_;
};

void write_indicator_csv(std::ostream& out, const Pack& pack,
                         const std::vector<IndicatorFigure>& figures);
/// {"indicators": [{"id", "issue", "universe", "n", "share", "target", "verdict", …}], …}
/// `other_versions`: IndicatorCounter::other_versions().
std::string indicator_json(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                           std::int64_t responses, std::int64_t other_versions);
/// For a terminal; East Asian width respected.  Words in Japanese or English, labels in
/// `language`.
std::string indicator_table(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                            Language language);

}  // namespace machikoe
