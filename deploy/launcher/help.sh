# shellcheck shell=bash

cmd_help() {
  cat <<'EOF'
Drivelens on this machine, without Docker.

  ./drivelens up [--detach]   build if needed, start everything, wait until all is healthy
  ./drivelens down            stop everything that "up" started
  ./drivelens scale N         run N sync-workers
  ./drivelens status          processes, health, queues, addresses
  ./drivelens logs [service]  follow the logs
  ./drivelens test            run all checks and tests
  ./drivelens bench engine [NAME]
                              measure the sync engine on private servers; NAME picks one bench
  ./drivelens chaos [--seeds N | --seeds FIRST-LAST | --seed N] [NAME]
                              random changes, faults and kills on private servers, then each fault by
                              itself; N seeds of the first (10), or one again; NAME picks convergence or faults
  ./drivelens fidelity        Google's Node client and rclone against the Drive emulator
  ./drivelens broken [NAME...]
                              break one rule of the system at a time, in a copy, and see its test fail
  ./drivelens mutants         change the pure classes one operation at a time, and see their tests notice
  ./drivelens help            this page

Environment:
  API_PORT                            port of the API (8080)
  SYNC_WORKERS                        number of sync-workers (2)
  DRIVELENS_HOME                      data, logs, secrets (.drivelens)
  DRIVELENS_BIND                      address on which the API listens (127.0.0.1)
  DRIVELENS_ADMIN_TOKEN               the API's token (else a random one, kept in DRIVELENS_HOME)
  DRIVELENS_PHOTOS                    a directory of your own photos: it becomes the Drive, and a first event
  DRIVELENS_DASHBOARD                 false builds without the dashboard, which needs Node 20.19 or newer (true)
  GOOGLE_APPLICATION_CREDENTIALS      a service-account file: the real Google Drive instead of the emulator
  DRIVELENS_DRIVE_ROOT_URL            another Drive v3 endpoint, with those credentials
  DRIVELENS_QUOTA_UNITS_PER_MINUTE    what Google grants (325000)
  DRIVELENS_PUBLIC_URL                https address of the API, to which Google then announces changes
  Every other setting of the services (README, "Settings") is passed on as well.
EOF
}
