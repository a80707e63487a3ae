// Xlsx: an evaluation as a workbook, by libxlsxwriter: notes, indicators with a chart, tables,
// composition, codebook and, when asked for, every response as codes and as labels.
//
// Rows go to disk as they come, so memory does not grow with the responses.  A sheet holds
// 1,048,576 rows; what is more goes on in a further sheet, nothing is cut.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "sync/indicators/evaluation.h"

namespace machikoe {

class XlsxBook {
  public:
    /// Writes `path`, and temporary files beside it.  REQUIRES: pack outlives the book.
    XlsxBook(const std::filesystem::path& path, const Pack& pack);
    ~XlsxBook();
    /// Before the first response.  `version`: of the software.
    void add_evaluation(const Evaluation& evaluation, const VerdictTable* table,
                        const std::string& version);
    void add_response(const std::string& id, const Response& response);
    /// Unavailable: disk full, or the library refused something; no file then.
    Status finish();

  private:
    struct Book;
    std::unique_ptr<Book> book_;
};

}  // namespace machikoe
