"""Rewards for a batch of images, from a running `deqa serve`. Python's standard library alone."""

import base64
import json
import sys
import urllib.request


def rewards(images, server="http://127.0.0.1:8080", range="0-1"):
    """One number for each image; images are encoded files (PNG, JPEG, …) as bytes."""
    body = {"images": [base64.b64encode(image).decode() for image in images], "range": range}
    request = urllib.request.Request(
        server + "/v1/reward",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)["rewards"]


if __name__ == "__main__":
    for path, reward in zip(sys.argv[2:], rewards([open(path, "rb").read() for path in sys.argv[2:]], sys.argv[1])):
        print(path, reward)
