// XlsxSheet: one sheet, row by row.  For the xlsx*.cpp files only.
#pragma once

#include <xlsxwriter.h>

#include <optional>
#include <string>
#include <vector>

namespace machikoe {

struct XlsxFormats {
    lxw_format* head = nullptr;
    lxw_format* text = nullptr;
    lxw_format* wrapped = nullptr;
    lxw_format* number = nullptr;
    lxw_format* percent = nullptr;  // one decimal; the value is a percentage already
};

class XlsxSheet {
  public:
    XlsxSheet(lxw_workbook* book, const std::string& name, const XlsxFormats& formats);

    void head(const std::vector<std::string>& columns);
    void text(const std::string& text);
    void number(std::int64_t number);
    void number(const std::optional<std::int64_t>& number);
    void percent(const std::optional<double>& percent);
    void end_row() { ++row_, column_ = 0; }
    void width(int first, int last, double characters);
    lxw_row_t row() const { return row_; }
    lxw_worksheet* sheet() { return sheet_; }
    bool has_failed() const { return failed_; }

  private:
    void note(lxw_error error) { failed_ |= error != LXW_NO_ERROR; }
    lxw_worksheet* sheet_;
    const XlsxFormats& formats_;
    lxw_row_t row_ = 0;
    lxw_col_t column_ = 0;
    bool failed_ = false;
};

/// The figures' sheets; `xlsx_responses.cpp` has those of single responses.
XlsxFormats xlsx_formats(lxw_workbook* book);

}  // namespace machikoe
