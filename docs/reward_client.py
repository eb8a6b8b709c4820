"""Rewards for a batch of images, from a running `deqa serve`. Python's standard library alone."""

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.request


def rewards(images, server="http://127.0.0.1:8080", range="0-1", key=None):
    """One number for each image; images are encoded files (PNG, JPEG, …) as bytes. A busy server is asked again."""
    body = json.dumps({"images": [base64.b64encode(image).decode() for image in images], "range": range}).encode()
    headers = {"Content-Type": "application/json"} | ({"X-API-Key": key} if key else {})
    while True:
        try:
            request = urllib.request.Request(server.rstrip("/") + "/v1/reward", body, headers)
            return json.load(urllib.request.urlopen(request))["rewards"]
        except urllib.error.HTTPError as error:
            if error.code != 503 or "Retry-After" not in error.headers:
                raise RuntimeError(json.load(error)["error"]["message"]) from None
            time.sleep(int(error.headers["Retry-After"]))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: reward_client.py SERVER IMAGE…  (the variable DEQA_KEY has the API key, if one is needed)")
    encoded = [open(path, "rb").read() for path in sys.argv[2:]]
    for path, reward in zip(sys.argv[2:], rewards(encoded, sys.argv[1], key=os.environ.get("DEQA_KEY"))):
        print(path, reward)
