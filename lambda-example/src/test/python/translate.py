"""Prints what the SAM translator makes of a template. Nothing is sent anywhere."""

import json
import sys

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse


def main(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file)
    # What `sam package` does: the translator takes no folders.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = "s3://bucket/key"
    parameters = {name: value["Default"] for name, value in template["Parameters"].items()}
    session = boto3.session.Session(region_name="us-east-1")
    translator = Translator({}, Parser(), boto_session=session)
    print(json.dumps(translator.translate(template, parameters)))


if __name__ == "__main__":
    main(sys.argv[1])
