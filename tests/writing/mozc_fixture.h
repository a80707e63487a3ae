// MozcFixture: Mozc with a home of the test's own in memory, and programs that behave as if they
// were its helper and do not.
//
// mozc_server does not run as root: where the tests do, this one becomes nobody.
#pragma once

#include <grp.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "app/writing/mozc_session.h"
#include "app/writing/temporary_home.h"

namespace machikoe {

class MozcFixture : public testing::Test {
  protected:
    void SetUp() override {
        if (::geteuid() == 0) {
            ASSERT_EQ(::setgroups(0, nullptr), 0);
            ASSERT_EQ(::setresgid(65534, 65534, 65534), 0);
            ASSERT_EQ(::setresuid(65534, 65534, 65534), 0);
            ::prctl(PR_SET_DUMPABLE, 1);  // the leak sanitizer looks at its own process
        }
        std::string name = "/dev/shm/machikoe-test-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        options_.folders = {folder_};
        options_.reply_deadline = Milliseconds{10'000};  // tests run on busy machines
    }
    void TearDown() override {
        std::error_code ec;
        std::filesystem::remove_all(folder_, ec);
    }

    static bool is_mozc_there() {
        return ::access("/usr/bin/mozc_emacs_helper", X_OK) == 0 &&
               ::access("/usr/lib/mozc/mozc_server", X_OK) == 0;
    }

    /// Waits until it is no longer starting.
    static ConverterState settled(KanaConverter& converter) {
        for (int i = 0; i < 1500 && converter.state() == ConverterState::Starting; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return converter.state();
    }

    std::unique_ptr<MozcSession> session() {
        auto opened = MozcSession::open(options_);
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? std::move(*opened) : nullptr;
    }

    /// A shell script in the helper's place.
    void helper_is(const std::string& script) {
        const std::filesystem::path path = folder_ / "helper";
        std::ofstream(path) << "#!/bin/sh\n" << script;
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        options_.helper = {path};
        options_.server = "/bin/sh";
        options_.reply_deadline = Milliseconds{200};
    }

    /// Homes that are there now.
    std::size_t homes() const {
        std::size_t found = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder_))
            found += entry.is_directory() ? 1 : 0;
        return found;
    }

    std::filesystem::path folder_;
    MozcOptions options_;
};

}  // namespace machikoe
