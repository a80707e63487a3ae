// Values and rows as they travel: PostgreSQL's binary forms, most significant byte first.
#include <charconv>

#include "sync/store/postgres_connection.h"

namespace machikoe {
namespace {

constexpr Oid kBytesArray = 1001, kTextArray = 1009, kNumberArray = 1016;
constexpr int kBinary = 1;

template <class Number>
void put_number(std::string& to, Number number) {
    const auto bits = static_cast<std::make_unsigned_t<Number>>(number);
    for (int shift = 8 * (static_cast<int>(sizeof(Number)) - 1); shift >= 0; shift -= 8)
        to.push_back(static_cast<char>((bits >> shift) & 0xFF));
}

Oid element_type(PgArray::Of of) {
    switch (of) {
        case PgArray::Of::Text:
            return PgParams::kText;
        case PgArray::Of::Bytes:
            return PgParams::kBytes;
        case PgArray::Of::Number:
            return PgParams::kNumber;
    }
    return PgParams::kText;
}

Oid array_type(PgArray::Of of) {
    switch (of) {
        case PgArray::Of::Text:
            return kTextArray;
        case PgArray::Of::Bytes:
            return kBytesArray;
        case PgArray::Of::Number:
            return kNumberArray;
    }
    return kTextArray;
}

}  // namespace

PgArray::PgArray(Of of) : of_(of) {}

void PgArray::add(std::string_view value) {
    put_number(elements_, static_cast<std::int32_t>(value.size()));
    elements_ += value;
    ++size_;
}

void PgArray::add(std::int64_t value) {
    put_number(elements_, std::int32_t{8});
    put_number(elements_, value);
    ++size_;
}

void PgArray::add_null() {
    put_number(elements_, std::int32_t{-1});
    has_null_ = true;
    ++size_;
}

std::string PgArray::encoded() const {
    std::string array;
    array.reserve(20 + elements_.size());
    put_number(array, std::int32_t{size_ > 0 ? 1 : 0});  // dimensions
    put_number(array, std::int32_t{has_null_ ? 1 : 0});
    put_number(array, static_cast<std::uint32_t>(element_type(of_)));
    if (size_ == 0) return array;
    put_number(array, size_);
    put_number(array, std::int32_t{1});  // where the count begins
    return array += elements_;
}

void PgParams::add_value(Oid type, std::string bytes) {
    held_.push_back(std::move(bytes));
    types_.push_back(type);
    values_.push_back(held_.back().data());
    lengths_.push_back(static_cast<int>(held_.back().size()));
    formats_.push_back(kBinary);
}

void PgParams::add_null(Oid type) {
    types_.push_back(type);
    values_.push_back(nullptr);
    lengths_.push_back(0);
    formats_.push_back(kBinary);
}

void PgParams::add(std::string_view text) {
    add_value(kText, std::string(text));
}

void PgParams::add(std::int64_t number) {
    std::string bytes;
    put_number(bytes, number);
    add_value(kNumber, std::move(bytes));
}

void PgParams::add(PgBytes bytes) {
    add_value(kBytes, std::string(bytes.bytes));
}

void PgParams::add(const PgArray& array) {
    add_value(array_type(array.of()), array.encoded());
}

std::int64_t PgRows::affected() const {
    const std::string_view count = PQcmdTuples(result_.get());
    std::int64_t rows = 0;
    std::from_chars(count.data(), count.data() + count.size(), rows);
    return rows;
}

bool PgRows::null(int row, int column) const {
    return PQgetisnull(result_.get(), row, column) != 0;
}

std::string_view PgRows::view(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t PgRows::number(int row, int column) const {
    const std::string_view bytes = view(row, column);
    std::uint64_t bits = 0;
    for (const char byte : bytes) bits = bits << 8 | static_cast<unsigned char>(byte);
    if (bytes.size() == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
    return static_cast<std::int64_t>(bits);
}

}  // namespace machikoe
