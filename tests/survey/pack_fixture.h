// PackTest: a small valid pack that a test makes wrong, and the faults that come of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/base/crypto.h"
#include "app/survey/pack.h"
#include "tests/survey/small_pack.h"

namespace machikoe {

inline std::string all_of(const PackFaults& faults) {
    std::string text;
    for (const PackFault& fault : faults) text += to_string(fault) + "\n";
    return text;
}

class PackTest : public testing::Test {
  protected:
    PackTest() : files_(small_pack_files()) { crypto_ready(); }

    /// Replaces the first occurrence; the test is wrong when there is none.
    void replace(const std::string& file, const std::string& old_text, const std::string& text) {
        std::string& bytes = files_.at(file);
        const std::size_t at = bytes.find(old_text);
        ASSERT_NE(at, std::string::npos) << old_text;
        bytes.replace(at, old_text.size(), text);
    }
    PackFaults faults() const {
        const auto pack = parse_pack(files_);
        return pack ? PackFaults{} : pack.error();
    }
    /// Exactly one fault, in this file, on the line that holds `where`, and it says `reason`.
    void expect_fault(const std::string& file, const std::string& where,
                      const std::string& reason) const {
        const PackFaults found = faults();
        ASSERT_EQ(found.size(), 1u) << all_of(found);
        EXPECT_EQ(found[0].file, file);
        EXPECT_EQ(found[0].line, line_of(file, where)) << to_string(found[0]);
        EXPECT_THAT(found[0].reason, testing::HasSubstr(reason));
    }
    int line_of(const std::string& file, const std::string& text) const {
        const std::string& bytes = files_.at(file);
        const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(bytes.find(text));
        return 1 + static_cast<int>(std::count(bytes.begin(), end, '\n'));
    }
    PackFiles files_;
};

}  // namespace machikoe
