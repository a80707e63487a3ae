// Export: responses and indicators as files that other programs open.
//
// CSV is RFC 4180 with CRLF, UTF-8 with BOM (Excel in Japan guesses wrong without), one
// header row, and text that a spreadsheet could take for a formula is prefixed with '.
// docs/export.md lists the columns.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "sync/indicators/indicators.h"

namespace machikoe {

/// One row per response, streaming.  A Multiple or Ranking question has a column per option
/// (1/0, or the rank) beside the raw value.
class ResponseCsv {
  public:
    ResponseCsv(std::ostream& out, const Pack& pack);  // writes BOM and header
    void write(const std::string& id, const Response& response);

  private:
    std::ostream& out_;
    const Pack& pack_;
};

void write_indicator_csv(std::ostream& out, const Pack& pack,
                         const std::vector<IndicatorFigure>& figures);
/// {"indicators": [{"id", "issue", "universe", "n", "share", "target", "verdict", …}], …}
std::string indicator_json(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                           std::int64_t responses);
/// For a terminal; East Asian width respected.
std::string indicator_table(const Pack& pack, const std::vector<IndicatorFigure>& figures,
                            Language language);

}  // namespace machikoe
