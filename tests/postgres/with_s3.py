"""Run a command beside a store that speaks S3, on loopback and in memory:

python -m tests.postgres.with_s3 .venv/bin/pytest ...

The command finds it by the AWS names that Dateline itself reads, and its bucket by DATELINE_TEST_BUCKET.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys

BUCKET = "dateline-test"


def main(command: list[str]) -> int:
    """Start the store, make the bucket, run the command; its exit code."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else a line for every request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "the-key",
        "AWS_SECRET_ACCESS_KEY": "the-secret-of-the-key",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_S3": f"http://{host}:{port}",
        "DATELINE_TEST_BUCKET": BUCKET,
    }
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    try:
        return subprocess.run(command, check=False).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
