using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .app),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", http = (), service = "main")],
);

const app :Workerd.Worker = (
  modules = [(name = "app", esModule = embed "bundle.js")],
  compatibilityDate = "2025-09-01",
  compatibilityFlags = ["nodejs_compat"],
  bindings = [
    (name = "COINFLOW_URL", fromEnvironment = "COINFLOW_URL"),
    (name = "PERSONA_URL", fromEnvironment = "PERSONA_URL"),
    (name = "COINFLOW_API_KEY", fromEnvironment = "COINFLOW_API_KEY"),
    (name = "PERSONA_API_KEY", fromEnvironment = "PERSONA_API_KEY"),
    (name = "PERSONA_CONNECTION_ID", fromEnvironment = "PERSONA_CONNECTION_ID"),
  ],
);
