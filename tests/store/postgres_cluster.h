// PostgresCluster: a real PostgreSQL of the tests' own (tests/store/postgres_keeper).
//
// shared_postgres() is one for all test programs that run at the same time, each of which ctest
// starts once per test: making one takes longer than most tests.  Each test gets a schema of its
// own.  A test that stops the server makes a PostgresCluster for itself.
// Throws when PostgreSQL 15 is not there (tests/packages.txt) or does not start.
#pragma once

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "app/base/crypto.h"

namespace machikoe {

inline std::string postgres_url(const std::filesystem::path& folder) {
    return "postgresql:///postgres?user=machikoe&host=" + folder.string();
}

/// Runs statements; the first column of the first row of the last, or "".  Throws what is wrong.
inline std::string in_postgres(const std::string& url, const std::string& sql) {
    PGconn* connection = PQconnectdb(url.c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    std::string text = done ? "" : PQerrorMessage(connection);
    if (status == PGRES_TUPLES_OK && PQntuples(result) > 0) text = PQgetvalue(result, 0, 0);
    PQclear(result);
    PQfinish(connection);
    if (!done) throw std::runtime_error(text);
    return text;
}

inline bool postgres_answers(const std::string& url) {
    return PQping(url.c_str()) == PQPING_OK;
}

inline void wait_for_postgres(const std::string& url) {
    for (int i = 0; i < 600; ++i) {
        if (postgres_answers(url)) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("PostgreSQL does not start; is postgresql-15 installed?");
}

/// Starts the keeper with these arguments, without a tie to our terminal, pipes and session.
inline pid_t start_keeper(const std::vector<std::string>& arguments) {
    const std::string program = MACHIKOE_SOURCE_DIR "/tests/store/postgres_keeper";
    std::vector<char*> all{const_cast<char*>(program.c_str())};
    for (const std::string& each : arguments) all.push_back(const_cast<char*>(each.c_str()));
    all.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setsid();
    const int nothing = ::open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd) ::dup2(nothing, fd);
    ::close_range(3, ~0u, 0);
    ::execv(program.c_str(), all.data());
    ::_exit(127);
}

/// Its URL, "user=machikoe" and all.
inline std::string shared_postgres() {
    static const std::string url = [] {
        const std::filesystem::path locks =
            std::filesystem::path(MACHIKOE_BINARY_DIR) / "postgres-of-the-tests";
        std::filesystem::create_directories(locks);
        const auto lock = [&](const char* name, int how) {
            const int fd = ::open((locks / name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
            if (fd < 0 || ::flock(fd, how) != 0) throw std::runtime_error("no lock for PostgreSQL");
            return fd;
        };
        lock("users.lock", LOCK_SH);  // as long as this process lives
        const int starting = lock("start.lock", LOCK_EX);
        const auto running = [&]() -> std::string {
            std::string folder;
            std::ifstream(locks / "folder") >> folder;
            return !folder.empty() && postgres_answers(postgres_url(folder)) ? folder : "";
        };
        std::string folder = running();
        if (folder.empty()) {
            std::filesystem::remove(locks / "folder");
            start_keeper({locks.string()});
            for (int i = 0; i < 1200 && folder.empty(); ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                folder = running();
            }
        }
        ::close(starting);
        if (folder.empty())
            throw std::runtime_error("PostgreSQL does not start; is postgresql-15 installed?");
        return postgres_url(folder);
    }();
    return url;
}

/// The URL of a schema of that name in it, made when it is not there.
inline std::string schema_in(const std::string& url, const std::string& name) {
    in_postgres(url, "SET client_min_messages = error; CREATE SCHEMA IF NOT EXISTS " + name);
    return url + "&options=-csearch_path%3D" + name;
}

class PostgresCluster {
  public:
    PostgresCluster() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-cluster-" + random_hex(6));
        std::filesystem::create_directories(folder_);
        start("CREATE");
    }
    ~PostgresCluster() {
        kill();
        std::filesystem::remove_all(folder_);
    }
    PostgresCluster(const PostgresCluster&) = delete;
    PostgresCluster& operator=(const PostgresCluster&) = delete;

    std::string url() const { return postgres_url(folder_); }
    /// As if the machine had lost power, but for its disk.
    void kill() {
        if (server_ <= 0) return;
        ::kill(server_, SIGQUIT);
        ::waitpid(server_, nullptr, 0);
        server_ = -1;
    }
    void start(const std::string& how = "") {
        server_ = start_keeper({"--private", folder_.string(), how});
        wait_for_postgres(url());
    }

  private:
    std::filesystem::path folder_;
    pid_t server_ = -1;
};

}  // namespace machikoe
