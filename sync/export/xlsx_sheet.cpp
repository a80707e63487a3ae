#include "sync/export/xlsx_sheet.h"

namespace machikoe {

XlsxFormats xlsx_formats(lxw_workbook* book) {
    XlsxFormats formats;
    formats.head = workbook_add_format(book);
    format_set_bold(formats.head);
    format_set_bottom(formats.head, LXW_BORDER_THIN);
    format_set_text_wrap(formats.head);
    format_set_align(formats.head, LXW_ALIGN_VERTICAL_TOP);
    formats.text = workbook_add_format(book);
    format_set_align(formats.text, LXW_ALIGN_VERTICAL_TOP);
    formats.wrapped = workbook_add_format(book);
    format_set_text_wrap(formats.wrapped);
    format_set_align(formats.wrapped, LXW_ALIGN_VERTICAL_TOP);
    formats.number = workbook_add_format(book);
    format_set_num_format(formats.number, "0");
    formats.percent = workbook_add_format(book);
    format_set_num_format(formats.percent, "0.0");
    return formats;
}

XlsxSheet::XlsxSheet(lxw_workbook* book, const std::string& name, const XlsxFormats& formats)
    : sheet_(workbook_add_worksheet(book, name.c_str())), formats_(formats) {
    failed_ = sheet_ == nullptr;
    if (failed_) return;
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
}

void XlsxSheet::head(const std::vector<std::string>& columns) {
    for (const std::string& column : columns)
        note(worksheet_write_string(sheet_, row_, column_++, column.c_str(), formats_.head));
    note(worksheet_set_row(sheet_, row_, 32, nullptr));  // two lines
    end_row();
    worksheet_freeze_panes(sheet_, row_, 0);
    worksheet_repeat_rows(sheet_, row_ - 1, row_ - 1);
}

void XlsxSheet::text(const std::string& text) {
    // write_string: text stays text, whatever sign it begins with.
    if (!text.empty())
        note(worksheet_write_string(sheet_, row_, column_, text.c_str(), formats_.text));
    ++column_;
}

void XlsxSheet::number(std::int64_t number) {
    note(worksheet_write_number(sheet_, row_, column_++, static_cast<double>(number),
                                formats_.number));
}

void XlsxSheet::number(const std::optional<std::int64_t>& value) {
    if (value)
        number(*value);
    else
        ++column_;
}

void XlsxSheet::percent(const std::optional<double>& percent) {
    if (percent) note(worksheet_write_number(sheet_, row_, column_, *percent, formats_.percent));
    ++column_;
}

void XlsxSheet::width(int first, int last, double characters) {
    note(worksheet_set_column(sheet_, static_cast<lxw_col_t>(first), static_cast<lxw_col_t>(last),
                              characters, nullptr));
}

}  // namespace machikoe
