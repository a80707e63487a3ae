#include "app/platform/window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>

namespace machikoe {
namespace {

constexpr double kFrameSeconds = 1.0 / 60;
constexpr double kMonitorCheckSeconds = 1;

std::string last_error() {
    const char* text = nullptr;
    glfwGetError(&text);
    return text ? text : "no reason given";
}

struct LibraryScope {
    LibraryScope() = default;
    ~LibraryScope() { glfwTerminate(); }
    LibraryScope(const LibraryScope&) = delete;
    LibraryScope& operator=(const LibraryScope&) = delete;
};

struct FreeWindow {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};

void set_hints(const WindowOptions& options) {
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_API);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_RESIZABLE, options.development ? GLFW_TRUE : GLFW_FALSE);
    // Losing the focus must not uncover the desktop.
    glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
}

}  // namespace

struct Window::Data {
    WindowOptions options;
    std::unique_ptr<LibraryScope> library;  // outlives the window
    std::unique_ptr<GLFWwindow, FreeWindow> window;
    PointerHandler pointer;
    float x = 0, y = 0;  // where the last event put the pointer
    bool down = false;
    bool damaged = true;
    bool happened = false;  // since wait() began
    std::atomic<bool> woken{false};
    double last_frame = -1, last_check = 0;

    static Data& of(GLFWwindow* window) {
        return *static_cast<Data*>(glfwGetWindowUserPointer(window));
    }

    void send(PointerKind kind) {
        happened = true;
        if (pointer) pointer(kind, x, y);
    }

    void move_to(double window_x, double window_y) {
        int width = 1, height = 1, pixel_width = 1, pixel_height = 1;
        glfwGetWindowSize(window.get(), &width, &height);
        glfwGetFramebufferSize(window.get(), &pixel_width, &pixel_height);
        x = static_cast<float>(window_x * pixel_width / std::max(width, 1));
        y = static_cast<float>(window_y * pixel_height / std::max(height, 1));
    }

    void cancel() {
        if (!down) return;
        down = false;
        send(PointerKind::Cancel);
    }

    void press(bool pressed) {
        if (pressed == down) return;
        down = pressed;
        send(pressed ? PointerKind::Down : PointerKind::Up);
    }

    void damage() {
        damaged = true;
        happened = true;
    }

    void install();
    GLFWmonitor* target_monitor() const;
    void return_to_monitor();
};

void Window::Data::install() {
    GLFWwindow* handle = window.get();
    glfwSetWindowUserPointer(handle, this);
    glfwSetCursorPosCallback(handle, [](GLFWwindow* at, double window_x, double window_y) {
        of(at).move_to(window_x, window_y);
        of(at).send(PointerKind::Move);
    });
    glfwSetMouseButtonCallback(handle, [](GLFWwindow* at, int button, int action, int) {
        if (button == GLFW_MOUSE_BUTTON_LEFT) of(at).press(action == GLFW_PRESS);
    });
    glfwSetWindowFocusCallback(handle, [](GLFWwindow* at, int focused) {
        if (!focused) of(at).cancel();
    });
    glfwSetFramebufferSizeCallback(handle, [](GLFWwindow* at, int, int) {
        of(at).cancel();
        of(at).damage();
    });
    glfwSetWindowRefreshCallback(handle, [](GLFWwindow* at) { of(at).damage(); });
    glfwSetWindowCloseCallback(handle, [](GLFWwindow* at) {
        if (!of(at).options.development) glfwSetWindowShouldClose(at, GLFW_FALSE);
        of(at).happened = true;
    });
    glfwSetKeyCallback(handle, [](GLFWwindow* at, int key, int, int action, int) {
        const bool escape = key == GLFW_KEY_ESCAPE && action == GLFW_PRESS;
        if (!escape || !of(at).options.development) return;
        glfwSetWindowShouldClose(at, GLFW_TRUE);
        of(at).happened = true;
    });
}

GLFWmonitor* Window::Data::target_monitor() const {
    int count = 0;
    GLFWmonitor** monitors = glfwGetMonitors(&count);
    if (options.monitor >= 0 && options.monitor < count) return monitors[options.monitor];
    return glfwGetPrimaryMonitor();  // null when all are unplugged
}

void Window::Data::return_to_monitor() {
    GLFWmonitor* monitor = target_monitor();
    const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
    if (!mode) return;
    int width = 0, height = 0;
    glfwGetWindowSize(window.get(), &width, &height);
    if (glfwGetWindowMonitor(window.get()) == monitor && width == mode->width &&
        height == mode->height) {
        return;
    }
    spdlog::info("window: back to the monitor, {} x {}", mode->width, mode->height);
    const int rate = mode->refreshRate > 0 ? mode->refreshRate : GLFW_DONT_CARE;
    glfwSetWindowMonitor(window.get(), monitor, 0, 0, mode->width, mode->height, rate);
    cancel();
    damage();
}

Window::Window(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Window::~Window() = default;

Result<std::unique_ptr<Window>> Window::create(const WindowOptions& options) {
#ifdef GLFW_PLATFORM
    glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
    if (!glfwInit()) {
        return fail(ErrorCode::Unavailable, "no display: " + last_error());
    }
    auto data = std::make_unique<Data>();
    data->options = options;
    data->library = std::make_unique<LibraryScope>();
    set_hints(options);
    int width = options.width, height = options.height;
    GLFWmonitor* monitor = options.full_screen ? data->target_monitor() : nullptr;
    if (const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr) {
        width = mode->width;
        height = mode->height;
        glfwWindowHint(GLFW_REFRESH_RATE,
                       mode->refreshRate > 0 ? mode->refreshRate : GLFW_DONT_CARE);
    }
    data->window.reset(glfwCreateWindow(width, height, options.title.c_str(), monitor, nullptr));
    if (!data->window) {
        return fail(ErrorCode::Unavailable, "no OpenGL 3.3 window: " + last_error());
    }
    if (options.full_screen) {
        glfwSetInputMode(data->window.get(), GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
    }
    data->install();
    glfwMakeContextCurrent(data->window.get());
    glfwSwapInterval(1);
    return std::unique_ptr<Window>(new Window(std::move(data)));
}

void Window::on_pointer(PointerHandler handler) {
    data_->pointer = std::move(handler);
}

int Window::width() const {
    int width = 0, height = 0;
    glfwGetFramebufferSize(data_->window.get(), &width, &height);
    return width;
}

int Window::height() const {
    int width = 0, height = 0;
    glfwGetFramebufferSize(data_->window.get(), &width, &height);
    return height;
}

bool Window::closing() const {
    return glfwWindowShouldClose(data_->window.get());
}

void Window::wait(std::optional<Milliseconds> limit) {
    const double begin = glfwGetTime();
    const double frame_due = data_->last_frame + kFrameSeconds;
    const double wanted =
        limit ? begin + std::max(0.0, static_cast<double>(limit->count()) / 1000) : begin + 1e9;
    data_->happened = false;
    glfwPollEvents();
    for (;;) {
        const double now = glfwGetTime();
        if (data_->options.full_screen && now - data_->last_check >= kMonitorCheckSeconds) {
            data_->last_check = now;
            data_->return_to_monitor();
        }
        const bool reason = data_->happened || data_->woken.load() || closing() || now >= wanted;
        if (reason && now >= frame_due) break;
        const double until = reason ? frame_due : std::max(wanted, frame_due);
        glfwWaitEventsTimeout(std::clamp(until - now, 1e-4, kMonitorCheckSeconds));
    }
    data_->woken = false;
}

bool Window::take_damage() {
    return std::exchange(data_->damaged, false);
}

void Window::present() {
    glfwSwapBuffers(data_->window.get());
    data_->last_frame = glfwGetTime();
}

void Window::wake() {
    data_->woken = true;
    glfwPostEmptyEvent();
}

}  // namespace machikoe
