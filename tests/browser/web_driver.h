// WebDriver: a real Chromium, driven as a person would drive it, through Debian's chromedriver.
#pragma once

#include <curl/curl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "sync/wire/json.h"
#include "tests/programs/process.h"

namespace machikoe {

/// One that is free now.
inline int free_port() {
    const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(handle, reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t size = sizeof address;
    ::getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(handle);
    return ntohs(address.sin_port);
}

class WebDriver {
  public:
    using json = nlohmann::json;

    explicit WebDriver(const std::filesystem::path& folder) : downloads_(folder / "downloads") {
        std::filesystem::create_directories(downloads_);
        std::filesystem::create_directories(folder / "driver");
        const int port = free_port();
        driver_ = std::make_unique<Process>(
            folder / "driver",
            std::vector<std::string>{"/usr/bin/chromedriver", "--port=" + std::to_string(port)});
        root_ = "http://127.0.0.1:" + std::to_string(port);
        const json options = {
            {"args",
             {"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
              "--window-size=1280,1500", "--lang=ja", "--force-device-scale-factor=1",
              "--user-data-dir=" + (folder / "profile").string()}},
            {"prefs",
             {{"download.default_directory", downloads_.string()},
              {"intl.accept_languages", "ja"}}}};
        const json wanted = {
            {"capabilities",
             {{"alwaysMatch",
               {{"goog:chromeOptions", options}, {"goog:loggingPrefs", {{"browser", "ALL"}}}}}}}};
        json made;
        for (int i = 0; i < 300 && made.is_null(); ++i) {
            made = call("POST", "/session", wanted);
            if (made.is_null()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        if (made.is_object()) session_ = made.value("sessionId", "");
    }
    ~WebDriver() {
        if (is_there()) call("DELETE", "/session/" + session_, nullptr);
    }
    WebDriver(const WebDriver&) = delete;
    WebDriver& operator=(const WebDriver&) = delete;

    bool is_there() const { return !session_.empty(); }
    std::string trouble() const { return trouble_ + driver_->output_so_far(); }
    const std::filesystem::path& downloads() const { return downloads_; }

    void go(const std::string& url) { command("POST", "/url", {{"url", url}}); }
    std::string url() { return command("GET", "/url", nullptr).get<std::string>(); }
    std::string text(const std::string& css) {
        return command("GET", "/element/" + find(css) + "/text", nullptr).get<std::string>();
    }
    void type(const std::string& css, const std::string& words) {
        command("POST", "/element/" + find(css) + "/value", {{"text", words}});
    }
    void click(const std::string& css) {
        command("POST", "/element/" + find(css) + "/click", json::object());
    }
    /// Clicks, and waits until another page has come.
    void follow(const std::string& css) {
        run("window.isOld = true");
        click(css);
        for (int i = 0; i < 600; ++i) {
            if (run("return window.isOld === undefined && document.readyState === 'complete'") ==
                true)
                return;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        ADD_FAILURE() << "no page came after " << css;
    }
    json run(const std::string& script) {
        return command("POST", "/execute/sync", {{"script", script}, {"args", json::array()}});
    }
    /// To whatever has the focus.
    void press(const std::string& key) {
        const json keys = {{{"type", "keyDown"}, {"value", key}},
                           {{"type", "keyUp"}, {"value", key}}};
        command("POST", "/actions",
                {{"actions", {{{"type", "key"}, {"id", "keys"}, {"actions", keys}}}}});
    }
    void set_size(int width, int height) {
        command("POST", "/window/rect", {{"width", width}, {"height", height}});
    }
    void save_picture(const std::filesystem::path& file) {
        save(command("GET", "/screenshot", nullptr), file);
    }
    /// On A4, as somebody prints it.
    void save_print(const std::filesystem::path& file) {
        save(command("POST", "/print", {{"page", {{"width", 21.0}, {"height", 29.7}}}}), file);
    }
    /// What the console was told since the last time: errors and refusals by the policy.
    json complaints() { return command("POST", "/se/log", {{"type", "browser"}}); }

  private:
    static std::size_t take(char* bytes, std::size_t, std::size_t count, void* into) {
        static_cast<std::string*>(into)->append(bytes, count);
        return count;
    }
    /// The value of the reply; null when there is none or it is an error.
    json call(const std::string& method, const std::string& path, const json& body) {
        const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                       &curl_easy_cleanup);
        const std::string url = root_ + path, sent = body.is_null() ? "" : body.dump();
        std::string reply;
        curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
        curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
        if (!sent.empty()) curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, sent.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 60L);
        curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
        curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &WebDriver::take);
        curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &reply);
        const CURLcode code = curl_easy_perform(curl.get());
        curl_slist_free_all(headers);
        const json parsed = json::parse(reply, nullptr, false);
        if (code != CURLE_OK || !parsed.is_object()) return nullptr;
        const json value = parsed.value("value", json());
        if (value.is_object() && value.contains("error")) {
            trouble_ = method + " " + path + ": " + value.dump().substr(0, 400) + "\n";
            return nullptr;
        }
        return value.is_null() ? json(true) : value;
    }
    json command(const std::string& method, const std::string& path, const json& body) {
        json value = call(method, "/session/" + session_ + path, body);
        EXPECT_FALSE(value.is_null()) << trouble_;
        return value.is_null() ? json("") : value;
    }
    std::string find(const std::string& css) {
        const json found = command("POST", "/element", {{"using", "css selector"}, {"value", css}});
        return found.is_object() && !found.empty() ? found.begin()->get<std::string>() : "none";
    }
    static void save(const json& base64, const std::filesystem::path& file) {
        const auto bytes = wire::from_base64(base64.get<std::string>());
        ASSERT_TRUE(bytes);
        std::ofstream(file, std::ios::binary) << *bytes;
    }

    std::filesystem::path downloads_;
    std::unique_ptr<Process> driver_;
    std::string root_, session_, trouble_;
};

}  // namespace machikoe
