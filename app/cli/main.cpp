// chladni-cli: reads the command line, runs one command, turns its result into an exit status (0 done, 1 failed while
// working, 2 wrong usage, 3 unusable input, 4 cancelled) and at most one line on stderr.
#include <semaphore.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <span>
#include <thread>

#include "app/cli/context.h"
#include "app/cli/output.h"

namespace {

using namespace chladni;

constexpr int kWrongUsage = 2;

void complain(const Error& error) { std::fprintf(stderr, "error: %s\n", error.describe().c_str()); }

// SIGINT and SIGTERM: the first asks to stop, the second ends at once. By handlers and not by blocking the signals:
// libraries start threads before main, which would take them.
class SignalWatch {
 public:
  explicit SignalWatch(std::stop_source& source) {
    sem_init(&received(), 0, 0);
    struct sigaction action {};
    action.sa_handler = [](int) { sem_post(&received()); };
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::thread([&source] {
      waitForOne();
      source.request_stop();
      waitForOne();
      std::_Exit(exitStatus(ErrorCode::cancelled));
    }).detach();
  }

 private:
  static sem_t& received() {
    static sem_t semaphore;
    return semaphore;
  }
  static void waitForOne() {
    while (sem_wait(&received()) != 0) {
    }
  }
};

void addGlobalOptions(CLI::App& app, cli::Context& context) {
  app.add_option("--device", context.device, "auto, cpu, cuda or cuda:N")->type_name("DEVICE");
  app.add_option("--precision", context.precision, "Number format of the model")
      ->check(CLI::IsMember({"auto", "fp32", "bf16"}));
  app.add_option("--threads", context.threads, "Threads for computing; 0: all cores")->check(CLI::Range(0, 4096));
  app.add_flag("--json", context.json, "Results as JSON on stdout and nothing else there");
  app.add_option("--out", context.out, "File or folder to write")->type_name("PATH");
  app.add_option("--seed", context.seed, "Seed of everything random");
  app.add_option("--trust", context.trusted, "SHA-256 of a TorchScript module that may run")->type_name("SHA256")->take_all()->allow_extra_args(false);
  app.add_flag("--quiet", context.quiet, "No progress and no remarks");
}

// The command that was chosen, as deep as it was told.
const CLI::App& chosen(const CLI::App& app) {
  const auto below = app.get_subcommands();
  return below.empty() ? app : chosen(*below.front());
}

std::string wordsOf(const CLI::App& command) { return command.get_parent() == nullptr ? command.get_name() : wordsOf(*command.get_parent()) + " " + command.get_name(); }

// What CLI11 says, and where to read on. It does not name a command that it does not know.
std::string usageText(const CLI::App& app, const CLI::ParseError& error, std::span<char*> words) {
  const CLI::App& command = chosen(app);
  const std::string readOn = "; see " + wordsOf(command) + " --help";
  if (std::string(error.what()).find("subcommand is required") == std::string::npos) return error.what() + readOn;
  const auto place = std::find_if(words.begin(), words.end(), [&](const char* word) { return command.get_parent() != nullptr && command.check_name(word); });
  const auto next = std::find_if(place == words.end() ? words.begin() : place + 1, words.end(), [](const char* word) { return word[0] != '-'; });
  return next == words.end() ? "a command is missing" + readOn : cli::utf8(std::string(*next)) + ": no such command" + readOn;
}

int run(cli::Context& context) {
  Result<void> done;
  try {
    done = context.run();
  } catch (const std::bad_alloc&) {
    done = fail(ErrorCode::outOfMemory, "out of memory; close other programs or take a shorter piece");
  } catch (const std::exception& error) {
    done = fail(ErrorCode::internal, error.what());
  }
  if (done) return 0;
  const Error& error = done.error();
  complain(error.code == ErrorCode::cancelled ? Error{error.code, "cancelled; what was finished is kept", {}} : error);
  return exitStatus(error.code);
}

}  // namespace

int main(int argc, char** argv) {
  std::stop_source source;
  const SignalWatch watch(source);
  CLI::App app("Chladni on the command line: looks into recordings and videos.\n"
               "Example: chladni-cli classify clip.mp4 --top 3", "chladni-cli");
  app.set_version_flag("--version", std::string("chladni-cli ") + CHLADNI_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  cli::Context context;
  context.stop = source.get_token();
  std::error_code ignored;
  context.program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  addGlobalOptions(app, context);
  cli::addProbe(app, context);
  cli::addProject(app, context);
  cli::addDecode(app, context);
  cli::addSpectrogram(app, context);
  cli::addFrontend(app, context);
  cli::addClassify(app, context);
  cli::addEvaluate(app, context);
  cli::addImprove(app, context);
  cli::addReport(app, context);
  cli::addCompare(app, context);
  cli::addAttend(app, context);
  cli::addFeatures(app, context);
  cli::addLocalize(app, context);
  cli::addReconstruct(app, context);
  cli::addRetrieve(app, context);
  cli::addAnnotations(app, context);
  cli::addModels(app, context);
  cli::addBench(app, context);
  cli::addSynth(app, context);
#ifdef CHLADNI_WITH_TORCH
  cli::addTrain(app, context);
#endif
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    complain({ErrorCode::invalidArgument, usageText(app, error, std::span(argv, static_cast<std::size_t>(argc)).subspan(1)), {}});
    return kWrongUsage;
  }
  const CLI::App& command = chosen(app);
  if (!context.out.empty() && std::find(context.printing.begin(), context.printing.end(), &command) != context.printing.end()) {
    complain({ErrorCode::invalidArgument, "--out: " + wordsOf(command) + " writes no file; leave it out, and keep what --json prints", {}});
    return kWrongUsage;
  }
  return run(context);
}
