#include "app/platform/window.h"

#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "app/platform/touch_input.h"

// Of GLFW/glfw3native.h, which would bring all of Xlib and its macros (None, Status) in here.
extern "C" unsigned long glfwGetX11Window(GLFWwindow* window);

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

/// Of Mesa, which is what draws where no graphics processor does.
bool computes_on_cpu(std::string_view renderer) {
    for (const char* name : {"llvmpipe", "softpipe", "swrast", "Software Rasterizer", "SWR"})
        if (renderer.find(name) != std::string_view::npos) return true;
    return false;
}

}  // namespace

float mm_per_px_of(int width, int height, Millimetres edid, std::optional<float> diagonal_inches) {
    constexpr float kInch = 25.4f, kUsualInches = 23.8f;
    constexpr float kFinest = 0.05f, kCoarsest = 1.f, kMostStretch = 1.15f;
    const auto across = static_cast<float>(edid.width) / static_cast<float>(std::max(width, 1));
    const auto down = static_cast<float>(edid.height) / static_cast<float>(std::max(height, 1));
    const bool is_square = across < down * kMostStretch && down < across * kMostStretch;
    const bool is_built = across >= kFinest && across <= kCoarsest;
    const auto guess = [](int px) { return static_cast<int>(static_cast<float>(px) * kInch / 96); };
    const bool is_guess = edid.width == guess(width) && edid.height == guess(height);
    if (!diagonal_inches && is_square && is_built && !is_guess) return std::sqrt(across * down);
    const float px = std::hypot(static_cast<float>(width), static_cast<float>(height));
    return diagonal_inches.value_or(kUsualInches) * kInch / std::max(px, 1.f);
}

struct Window::Data {
    WindowOptions options;
    std::unique_ptr<LibraryScope> library;  // outlives the window
    std::unique_ptr<GLFWwindow, FreeWindow> window;
    std::unique_ptr<SharedImage> image;
    Fingers fingers;
    PointerHandler pointer;
    KeyHandler key;
    float x = 0, y = 0;  // where the last event put the pointer
    bool down = false;
    bool damaged = true;
    bool happened = false;  // since wait() began
    std::atomic<bool> woken{false};
    double last_frame = -1, last_check = 0;
    std::unique_ptr<TouchInput> touch;  // last: its thread uses what is above

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
        fingers.forget();
        lift();
    }

    void lift() {
        if (!down) return;
        down = false;
        send(PointerKind::Cancel);
    }

    void press(bool pressed) {
        if (pressed == down) return;
        down = pressed;
        send(pressed ? PointerKind::Down : PointerKind::Up);
    }

    void take_touches() {
        if (!touch) return;
        for (const TouchEvent& event : touch->take())
            for (const PointerChange& change : fingers.next(event)) {
                x = change.x;
                y = change.y;
                if (change.kind == PointerKind::Move)
                    send(PointerKind::Move);
                else if (change.kind == PointerKind::Cancel)
                    lift();
                else
                    press(change.kind == PointerKind::Down);
            }
    }

    void damage() {
        damaged = true;
        happened = true;
    }

    Status open();
    void open_with(GLFWmonitor* monitor, int width, int height, bool with_opengl);
    void install();
    GLFWmonitor* target_monitor() const;
    void return_to_monitor();
};

void Window::Data::install() {
    GLFWwindow* handle = window.get();
    glfwSetWindowUserPointer(handle, this);
    glfwSetCursorPosCallback(handle, [](GLFWwindow* at, double window_x, double window_y) {
        if (of(at).fingers.touching()) return;
        of(at).move_to(window_x, window_y);
        if (of(at).down) of(at).send(PointerKind::Move);  // nothing hovers on a touch screen
    });
    glfwSetMouseButtonCallback(handle, [](GLFWwindow* at, int button, int action, int) {
        if (button != GLFW_MOUSE_BUTTON_LEFT || of(at).fingers.touching()) return;
        of(at).press(action == GLFW_PRESS);
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
    glfwSetKeyCallback(handle, [](GLFWwindow* at, int code, int, int action, int) {
        if (action != GLFW_PRESS) return;
        of(at).happened = true;
        if (code == GLFW_KEY_ESCAPE && of(at).options.development)
            glfwSetWindowShouldClose(at, GLFW_TRUE);
        else if (of(at).key)
            of(at).key(code);
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
    if (const Status opened = data->open(); !opened) return tl::unexpected(opened.error());
    return std::unique_ptr<Window>(new Window(std::move(data)));
}

void Window::Data::open_with(GLFWmonitor* monitor, int width, int height, bool with_opengl) {
    set_hints(options);
    if (!with_opengl) glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
    if (mode && mode->refreshRate > 0) glfwWindowHint(GLFW_REFRESH_RATE, mode->refreshRate);
    window.reset();  // before the next one: two would fight for the monitor
    window.reset(glfwCreateWindow(width, height, options.title.c_str(), monitor, nullptr));
    if (window && with_opengl) glfwMakeContextCurrent(window.get());
}

Status Window::Data::open() {
    int width = options.width, height = options.height;
    GLFWmonitor* monitor = options.full_screen ? target_monitor() : nullptr;
    if (const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr) {
        width = mode->width;
        height = mode->height;
    }
    bool on_cpu = options.drawing == Drawing::Cpu;
    if (!on_cpu) {
        open_with(monitor, width, height, true);
        const auto* name =
            window ? reinterpret_cast<const char*>(glGetString(GL_RENDERER)) : nullptr;
        on_cpu = options.drawing == Drawing::Auto && (!name || computes_on_cpu(name));
    }
    if (on_cpu) {
        open_with(monitor, width, height, false);
        if (window) image = SharedImage::create(glfwGetX11Window(window.get()));
        if (!image) open_with(monitor, width, height, true);  // slow is better than nothing
    }
    if (!window) return fail(ErrorCode::Unavailable, "no window: " + last_error());
    if (options.full_screen) glfwSetInputMode(window.get(), GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
    install();
    touch = TouchInput::create(glfwGetX11Window(window.get()), [this] {
        woken = true;
        glfwPostEmptyEvent();
    });
    if (!image) glfwSwapInterval(1);
    return {};
}

void Window::on_pointer(PointerHandler handler) {
    data_->pointer = std::move(handler);
}

void Window::on_key(KeyHandler handler) {
    data_->key = std::move(handler);
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

SharedImage* Window::image() const {
    return data_->image.get();
}

bool Window::has_touch() const {
    return data_->touch != nullptr;
}

float Window::mm_per_px(std::optional<float> diagonal_inches) const {
    GLFWmonitor* monitor = data_->target_monitor();
    const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
    if (!mode) return mm_per_px_of(width(), height(), {}, diagonal_inches);
    Millimetres edid;
    glfwGetMonitorPhysicalSize(monitor, &edid.width, &edid.height);
    return mm_per_px_of(mode->width, mode->height, edid, diagonal_inches);
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
        data_->take_touches();
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
    if (!data_->image) glfwSwapBuffers(data_->window.get());
    data_->last_frame = glfwGetTime();
}

void Window::wake() {
    data_->woken = true;
    glfwPostEmptyEvent();
}

}  // namespace machikoe
